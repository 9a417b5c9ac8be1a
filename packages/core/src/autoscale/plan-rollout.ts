import { claims } from './claims.ts'
import { hasTemplate, isUnfinished, type Fleet, type Version } from './fleet.ts'
import { fleetParts } from './fleet-parts.ts'
import { freeze, frozen, thaw, thawing } from './freeze.ts'
import type { Goal } from './goal.ts'
import { planAlarms } from './group-alarms.ts'
import type { Ground } from './ground.ts'
import { planInPlace } from './plan-in-place.ts'
import { planNextVersion } from './plan-next-version.ts'
import { removal, retirement } from './retirement.ts'
import type { RolloutStep } from './rollout-step.ts'
import { planSettings, type SettingStep } from './setting-steps.ts'
import { isNextTemplate, planTemplate } from './plan-template.ts'

/**
 * What an update takes to its end, from whatever exists: from nothing, from a version that runs, from an update that was cut off
 * anywhere. The version that serves stays untouched until the next one is healthy; an update that is done has an empty plan.
 */
export function planRollout(ground: Ground, goal: Goal): RolloutStep[] {
  const { live, older, newer } = fleetParts(ground.fleet)
  const isCurrent =
    live?.digest === goal.template.digest && !live.group.isBeingDeleted && hasTemplate(ground.fleet, live)
  // An unfinished replacement is finished, not replaced once more.
  const replaces = !isCurrent || (goal.force && older.length === 0)
  const adopted = replaces ? newer.findLast((version) => isAdoptable(ground.fleet, version, goal)) : undefined
  const doomed = newer.filter((version) => version !== adopted)
  const removals = doomed.flatMap((version) => removal(version))
  if (live && !replaces) return finish(ground, goal, live, [...doomed, ...older], removals)
  return replace(ground, goal, adopted, removals)
}

function isAdoptable(fleet: Fleet, version: Version, goal: Goal): boolean {
  const { digest, phase, group, template } = version
  const isWanted = digest === goal.template.digest && phase === 'staging'
  if (!isWanted || group.isBeingDeleted || !hasTemplate(fleet, version)) return false
  // A rollback leads to another version than an update to the same does.
  return fleet.templates.some((each) => each.version === template && isNextTemplate(fleet, goal, each))
}

/** What a rollback takes back which leads to what is in charge already: the version of an update that was cut off. */
function rolledBackUpdate({ live, versions }: Fleet, goal: Goal): { rollbackOf?: string } {
  const last = versions.at(-1)?.group.name
  return 'version' in goal.template && live?.rollbackOf === undefined && last !== undefined
    ? { rollbackOf: last }
    : {}
}

/** The version in charge is the wanted one. */
function finish(
  ground: Ground,
  goal: Goal,
  live: Version,
  leaving: readonly Version[],
  removals: readonly RolloutStep[],
): RolloutStep[] {
  const { fleet, settings, alarms } = ground
  const { older } = fleetParts(fleet)
  const name = live.group.name
  const own = settings.get(name) ?? []
  const previous = older.at(-1)
  const goesOn = isUnfinished(fleet)
  const isClaimed = goesOn || live.updatedBy !== undefined || leaving.length > 0 || goal.leavesRemovals
  const healthy = { name, within: goal.healthTimeout }
  // Its own health checks would end what is not healthy in a target group that gets no requests yet.
  const isIdleSomewhere = goal.idleTargetGroupArns.length > 0
  const unchecked = isIdleSomewhere ? freeze(live, ['HealthCheck']) : []
  return [
    ...claims(fleet.versions, live),
    ...(isClaimed ? [{ do: 'claim', name, goesOn, ...rolledBackUpdate(fleet, goal) } as const] : []),
    ...removals,
    ...unchecked,
    ...planInPlace(live, goal, { arns: ground.foreignTargetGroupArns, previous }),
    ...planSettings(name, goal.settings, own, settings.get(previous?.group.name ?? '') ?? []),
    ...planAlarms(alarms, [...goal.settings, ...own]),
    ...(older.length > 0 || isIdleSomewhere ? [{ do: 'await-healthy', ...healthy } as const] : []),
    ...moveListeners(goal, name),
    ...older.toReversed().flatMap((version) => retirement(version, healthy)),
    ...(unchecked.length > 0 ? unchecked.map(({ processes }) => thawing(live, processes)) : thaw(live)),
    // What leaves uses its version of the template until then.
    ...(leaving.length > 0 ? [{ do: 'tidy-template', name } as const] : planTemplate(fleet, live.template)),
    ...(isClaimed ? done(goal, name) : []),
  ]
}

function replace(
  ground: Ground,
  goal: Goal,
  adopted: Version | undefined,
  removals: readonly RolloutStep[],
): RolloutStep[] {
  const { fleet, settings, alarms } = ground
  const { live, newer } = fleetParts(fleet)
  const { name, made, changes } = planNextVersion(ground, goal, adopted)
  const within = goal.healthTimeout
  const replaces = live?.group.name
  return [
    ...claims(fleet.versions, adopted),
    ...(adopted ? [{ do: 'claim', name, goesOn: true } as const] : mark(live, goal, removals)),
    ...removals,
    ...made,
    ...freeze(live, frozen),
    ...changes.filter(isOfSchedule),
    { do: 'await-healthy', name, within },
    ...(replaces === undefined
      ? []
      : [
          { do: 'await-others', name, seconds: goal.timeout } as const,
          { do: 'match-capacity', name, replaces, within, seconds: goal.timeout } as const,
        ]),
    { do: 'promote', name },
    ...changes.filter((step) => !isOfSchedule(step)),
    ...planAlarms(alarms, [...goal.settings, ...(settings.get(name) ?? [])]),
    ...moveListeners(goal, name),
    // What was in charge goes first: somebody may keep an older one by hand.
    ...fleet.versions
      .filter((version) => !newer.includes(version))
      .toReversed()
      .flatMap((version) => retirement(version, { name, within })),
    { do: 'tidy-template', name },
    ...done(goal, name),
  ]
}

/** From when what was claimed is removed to when the next one is made. Of a rollback, it would say that it is an update that was cut off. */
function mark(live: Version | undefined, goal: Goal, removals: readonly RolloutStep[]): RolloutStep[] {
  const isRollback = 'version' in goal.template
  if (!live || live.group.isBeingDeleted || isRollback || removals.length === 0) return []
  return [{ do: 'mark-updated', name: live.group.name }]
}

function done({ leavesRemovals }: Goal, name: string): RolloutStep[] {
  return leavesRemovals ? [] : [{ do: 'release', name, isDone: true }]
}

/** Both versions follow the schedule meanwhile: an action that falls due is missed by none. */
function isOfSchedule({ setting: { kind } }: SettingStep): boolean {
  return kind === 'schedule'
}

/** Its targets are known to be healthy there. */
function moveListeners({ movesListeners }: Goal, name: string): RolloutStep[] {
  return movesListeners ? [{ do: 'move-listeners', name }] : []
}
