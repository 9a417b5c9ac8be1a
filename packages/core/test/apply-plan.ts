import { rolloutTags, type Fleet, type TemplateVersion, type Version } from '../src/autoscale/fleet.ts'
import type { Ground } from '../src/autoscale/ground.ts'
import { planTemplate } from '../src/autoscale/plan-template.ts'
import type { CreateStep, RolloutStep } from '../src/autoscale/rollout-step.ts'
import type { GroupSetting } from '../src/ports/cloud/scaling-groups.ts'
import { sampleTemplate, sampleVersion, someOwner } from './sample-fleet.ts'

interface Draft {
  versions: Map<string, Version>
  templates: TemplateVersion[]
  settings: Map<string, readonly GroupSetting[]>
  alarms: readonly string[]
}

type Effects = {
  [Kind in RolloutStep['do']]: (draft: Draft, step: Extract<RolloutStep, { do: Kind }>) => void
}

const nothing = () => undefined

/** What each step does to a fleet on AWS: all that it waits for comes true. */
const effects: Effects = {
  claim: (draft, { name, doomed }) =>
    change(draft, name, () => ({ owner: someOwner, ...(doomed && { phase: doomed }) })),
  'mark-updated': (draft, { name }) => change(draft, name, () => ({ updatedBy: someOwner })),
  freeze: (draft, { name, processes }) =>
    change(draft, name, ({ group }) => ({
      frozen: [...processes],
      group: { ...group, suspended: [...new Set([...group.suspended, ...processes])] },
    })),
  'create-version': create,
  'await-healthy': nothing,
  'await-others': nothing,
  'match-capacity': nothing,
  promote: (draft, { name }) => change(draft, name, () => ({ phase: 'live' })),
  'move-listeners': nothing,
  'confirm-healthy': nothing,
  'keep-failed': (draft, { name }) => change(draft, name, () => ({ phase: 'failed' })),
  'put-setting': ({ settings }, { name, setting }) =>
    settings.set(name, [...without(settings.get(name), setting), setting]),
  'remove-setting': ({ settings }, { name, setting }) =>
    settings.set(name, without(settings.get(name), setting)),
  'delete-alarms'(draft, { alarms }) {
    draft.alarms = draft.alarms.filter((name) => !alarms.includes(name))
  },
  resize: (draft, step) =>
    change(draft, step.name, ({ group }) => ({
      group: { ...group, ...step.change, subnetIds: [...(step.change.subnetIds ?? group.subnetIds)] },
    })),
  attach: (draft, { name, targetGroupArns }) =>
    change(draft, name, ({ group }) => ({
      group: { ...group, targetGroupArns: [...group.targetGroupArns, ...targetGroupArns] },
    })),
  'tag-commit': (draft, { name, commit }) =>
    change(draft, name, ({ group }) => ({
      group: { ...group, tags: { ...group.tags, [rolloutTags.commit]: commit } },
    })),
  retire: (draft, { name }) => change(draft, name, () => ({ phase: 'retiring' })),
  detach: (draft, { name, targetGroupArns }) =>
    change(draft, name, ({ group }) => ({
      group: {
        ...group,
        targetGroupArns: group.targetGroupArns.filter((arn) => !targetGroupArns.includes(arn)),
      },
    })),
  empty: (draft, { name }) =>
    change(draft, name, ({ group }) => ({ group: { ...group, min: 0, max: 0, desired: 0, instances: [] } })),
  'delete-version'(draft, { name }) {
    draft.versions.delete(name)
    draft.settings.delete(name)
  },
  thaw: (draft, { name, processes }) =>
    change(draft, name, ({ group }) => ({
      frozen: [],
      group: { ...group, suspended: group.suspended.filter((process) => !processes.includes(process)) },
    })),
  'remove-load-balancer': nothing,
  'set-default-template'(draft, { version }) {
    draft.templates = draft.templates.map((each) => ({ ...each, isDefault: each.version === version }))
  },
  'delete-template-versions'(draft, { versions }) {
    draft.templates = draft.templates.filter(({ version }) => !versions.includes(version))
  },
  'delete-template'(draft) {
    draft.templates = []
  },
  'tidy-template'(draft, { name }) {
    for (const step of planTemplate(fleetOf(draft), draft.versions.get(name)?.template)) apply(draft, step)
  },
  release: (draft, { name, isDone }) =>
    change(draft, name, () => ({
      owner: undefined,
      updatedBy: undefined,
      ...(isDone && { rollbackOf: undefined }),
    })),
}

/** The ground after these steps. Throws an Error for a step on a version that there is not. */
export function applied(
  { fleet, settings, alarms, ...ground }: Ground,
  steps: readonly RolloutStep[],
): Ground {
  const draft: Draft = {
    versions: new Map(fleet.versions.map((version) => [version.group.name, version])),
    templates: [...fleet.templates],
    settings: new Map(settings),
    alarms,
  }
  for (const step of steps) apply(draft, step)
  return { ...ground, fleet: fleetOf(draft), settings: draft.settings, alarms: draft.alarms }
}

function apply(draft: Draft, step: RolloutStep): void {
  const effect = effects[step.do] as (draft: Draft, step: RolloutStep) => void
  effect(draft, step)
}

function create(
  draft: Draft,
  { name, number, sizes, targetGroupArns, hooks, template, goal }: CreateStep,
): void {
  if (draft.versions.has(name)) throw new Error(`${name} exists`)
  const { digest } = goal.template
  const version = template.version ?? template.newest + 1
  if (template.version === undefined) {
    const isFirst = draft.templates.length === 0
    draft.templates.unshift({ ...sampleTemplate(version, digest, template.previous), isDefault: isFirst })
  }
  const { subnetIds, timings, commit } = goal
  const tags = commit === undefined ? {} : { [rolloutTags.commit]: commit }
  const group = {
    ...sizes,
    ...timings,
    subnetIds: [...subnetIds],
    targetGroupArns: [...targetGroupArns],
    tags,
  }
  const made = sampleVersion(number, 'staging', digest, { template: version, owner: someOwner, group })
  draft.versions.set(name, made)
  draft.settings.set(name, hooks)
}

function change(draft: Draft, name: string, to: (version: Version) => Partial<Version>): void {
  const version = draft.versions.get(name)
  if (version === undefined || version.group.isBeingDeleted) throw new Error(`${name} cannot be changed`)
  draft.versions.set(name, { ...version, ...to(version) })
}

function fleetOf({ versions, templates }: Draft): Fleet {
  const ordered = [...versions.values()].sort((a, b) => a.number - b.number)
  return { versions: ordered, live: ordered.findLast(({ phase }) => phase === 'live'), templates }
}

function without(settings: readonly GroupSetting[] = [], { kind, name }: GroupSetting): GroupSetting[] {
  return settings.filter((each) => each.kind !== kind || each.name !== name)
}
