import type { GroupSetting } from '../ports/cloud/scaling-groups.ts'
import type { Fleet, Version } from './fleet.ts'
import type { Goal } from './goal.ts'
import { planInPlace } from './plan-in-place.ts'
import type { RolloutStep } from './rollout-step.ts'
import { isOurs, planSettings, type SettingStep } from './setting-steps.ts'
import { nextTemplate, planTemplate } from './plan-template.ts'
import { sizesDue } from './size-steps.ts'

/** What a plan is made from beside the versions. */
export interface Ground {
  fleet: Fleet
  /** What each version does by itself, by the name of its autoscale group. */
  settings: ReadonlyMap<string, readonly GroupSetting[]>
  /** The name that a version of that number has. */
  nameOf: (number: number) => string
}

/**
 * What an update takes to its end, from whatever exists: from nothing, from a version that runs, from an update that was cut off
 * anywhere. The version that serves stays untouched until the next one is healthy; an update that is done has an empty plan.
 */
export function planRollout(ground: Ground, goal: Goal): RolloutStep[] {
  const { live, older, staging } = parts(ground.fleet)
  const isCurrent = live?.digest === goal.template.digest && !live.group.isBeingDeleted
  // An unfinished replacement is finished, not replaced once more.
  const replaces = !isCurrent || (goal.force && older.length === 0)
  const adopted = replaces ? staging.findLast((version) => isAdoptable(version, goal)) : undefined
  const doomed = staging.filter((version) => version !== adopted)
  const removals = doomed.flatMap((version) => removal(version))
  if (live && !replaces) return finish(ground, goal, live, [...doomed, ...older], removals)
  return [...removals, ...replace(ground, goal, adopted)]
}

/**
 * What takes a failed or unwanted update back: the version in charge stays, what has come after it goes. Nothing where a newer one is in
 * charge already.
 */
export function planTakeBack({ fleet }: Ground): RolloutStep[] {
  const { live, staging } = parts(fleet)
  return [
    ...staging.flatMap((version) => removal(version)),
    ...thaw(live),
    ...(live ? [{ do: 'tidy-template', name: live.group.name } as const] : removeTemplate(fleet)),
    ...release(live),
  ]
}

/** Takes a group's autoscale groups down, all versions of it, and what belongs to them. */
export function planTakeDown({ fleet, settings }: Ground): RolloutStep[] {
  const { versions } = fleet
  const last = versions.findLast(({ group }) => !group.isBeingDeleted)
  return [
    ...(last ? [{ do: 'claim', name: last.group.name } as const] : []),
    ...versions.flatMap(({ group: { name } }) => alarmed(name, settings.get(name) ?? [])),
    ...versions.flatMap((version) => retirement(version)),
    ...removeTemplate(fleet),
  ]
}

/** A policy's alarms are not the group's: they would stay. */
function alarmed(name: string, settings: readonly GroupSetting[]): RolloutStep[] {
  return settings
    .filter(({ definition }) => 'Alarms' in definition)
    .map((setting) => ({ do: 'remove-setting', name, setting }))
}

function removeTemplate({ templates: [newest] }: Fleet): RolloutStep[] {
  return newest === undefined ? [] : [{ do: 'delete-template', templateId: newest.templateId }]
}

function parts({ versions, live }: Fleet) {
  return {
    live,
    older: versions.filter(({ number }) => live !== undefined && number < live.number),
    staging: versions.filter(({ number }) => live === undefined || number > live.number),
  }
}

function isAdoptable({ digest, phase, group }: Version, goal: Goal): boolean {
  return digest === goal.template.digest && phase === 'staging' && !group.isBeingDeleted
}

/** The version in charge is the wanted one. */
function finish(
  ground: Ground,
  goal: Goal,
  live: Version,
  leaving: readonly Version[],
  removals: readonly RolloutStep[],
): RolloutStep[] {
  const { fleet, settings } = ground
  const { older } = parts(fleet)
  const name = live.group.name
  const previous = older.at(-1)?.group.name ?? ''
  const isUnfinished = leaving.length > 0 || live.owner !== undefined
  return [
    ...(isUnfinished ? [{ do: 'claim', name } as const] : []),
    ...removals,
    ...planInPlace(live, goal),
    ...planSettings(name, goal.settings, settings.get(name) ?? [], settings.get(previous) ?? []),
    ...(older.length > 0 ? [{ do: 'await-healthy', name, within: goal.healthTimeout } as const] : []),
    ...older.flatMap((version) => retirement(version)),
    ...thaw(live),
    // What leaves uses its version of the template until then.
    ...(leaving.length > 0 ? [{ do: 'tidy-template', name } as const] : planTemplate(fleet, live.template)),
    ...(isUnfinished ? [{ do: 'release', name } as const] : []),
  ]
}

function replace(
  { fleet, settings, nameOf }: Ground,
  goal: Goal,
  adopted: Version | undefined,
): RolloutStep[] {
  const { live, older } = parts(fleet)
  const highest = fleet.versions.at(-1)?.number ?? -1
  const number = adopted?.number ?? highest + 1
  const name = adopted?.group.name ?? nameOf(number)
  const replaced = live?.group.name
  const others = settings.get(replaced ?? '') ?? []
  const changes = adopted
    ? planSettings(name, goal.settings, settings.get(name) ?? [], others)
    : planSettings(name, goal.settings.filter(isLater), [], others.filter(isLater))
  const created: RolloutStep = {
    do: 'create-version',
    name,
    number,
    replaces: replaced,
    sizes: live ? sizesDue(goal, live.group) : goal.sizes,
    hooks: hooksOf(goal, others),
    template: nextTemplate(fleet, goal),
    goal,
  }
  return [
    ...(adopted ? [{ do: 'claim', name } as const, ...planInPlace(adopted, goal)] : [created]),
    ...freeze(live),
    ...changes.filter(isOfSchedule),
    { do: 'await-healthy', name, within: goal.healthTimeout },
    ...(replaced === undefined
      ? []
      : [
          { do: 'await-others', name, seconds: goal.timeout } as const,
          {
            do: 'match-capacity',
            name,
            replaces: replaced,
            within: goal.healthTimeout,
            seconds: goal.timeout,
          } as const,
        ]),
    { do: 'promote', name },
    ...changes.filter((step) => !isOfSchedule(step)),
    ...older.flatMap((version) => retirement(version)),
    ...(live ? retirement(live) : []),
    { do: 'tidy-template', name },
    { do: 'release', name },
  ]
}

/** Those of nodes.json, and those that others have added to the version before. */
function hooksOf({ settings }: Goal, others: readonly GroupSetting[]): GroupSetting[] {
  const carried = others.filter((setting) => !isOurs(setting))
  return [...settings, ...carried].filter(({ kind }) => kind === 'hook')
}

/** Hooks are given to a version when it is made: its first instances wait for them too. */
function isLater({ kind }: GroupSetting): boolean {
  return kind !== 'hook'
}

/** Both versions follow the schedule meanwhile: an action that falls due is missed by none. */
function isOfSchedule({ setting: { kind } }: SettingStep): boolean {
  return kind === 'schedule'
}

/** What would change the version in charge by chance while another comes. */
const frozen = ['AZRebalance', 'AlarmNotification'] as const

function freeze(live: Version | undefined): RolloutStep[] {
  if (!live || live.group.isBeingDeleted) return []
  const running = frozen.filter((process) => !live.group.suspended.includes(process))
  if (running.length === 0) return []
  // Those that an earlier run has suspended are named again: they stay known as ours.
  const processes = frozen.filter((process) => running.includes(process) || live.frozen.includes(process))
  return [{ do: 'freeze', name: live.group.name, processes }]
}

function thaw(live: Version | undefined): RolloutStep[] {
  if (!live || live.frozen.length === 0 || live.group.isBeingDeleted) return []
  return [{ do: 'thaw', name: live.group.name, processes: live.frozen }]
}

function release(live: Version | undefined): RolloutStep[] {
  return live?.owner === undefined || live.group.isBeingDeleted
    ? []
    : [{ do: 'release', name: live.group.name }]
}

function retirement(version: Version): RolloutStep[] {
  const { group, phase } = version
  if (group.isBeingDeleted) return [{ do: 'delete-version', name: group.name }]
  return [...(phase === 'retiring' ? [] : [{ do: 'retire', name: group.name } as const]), ...removal(version)]
}

function removal({ group: { name, isBeingDeleted, targetGroupArns } }: Version): RolloutStep[] {
  if (isBeingDeleted) return [{ do: 'delete-version', name }]
  return [
    ...(targetGroupArns.length === 0 ? [] : [{ do: 'detach', name, targetGroupArns } as const]),
    { do: 'empty', name },
    { do: 'delete-version', name },
  ]
}
