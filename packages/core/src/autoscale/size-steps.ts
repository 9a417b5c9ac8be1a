import type {
  GroupSetting,
  ScalingGroup,
  ScalingGroupSizes,
  ScalingGroupTimings,
} from '../ports/cloud/scaling-groups.ts'

/** What of a running group changes in place. */
export interface InPlace {
  sizes: ScalingGroupSizes
  timings: ScalingGroupTimings
  subnetIds: readonly string[]
  /** As nodes.json has them: the scheduled actions among them change sizes too. */
  settings: readonly GroupSetting[]
}

export type InPlaceChange = Partial<ScalingGroupSizes & ScalingGroupTimings> & {
  subnetIds?: readonly string[]
}

/** `name` is that of the autoscale group; `from` has the members of `change` as they are. */
export interface ResizeStep {
  do: 'resize'
  name: string
  change: InPlaceChange
  from: InPlaceChange
}

/**
 * The sizes that a group which runs with those of `live` is to have. What it runs with counts where it is right: desired within
 * min and max, and a min or max that a scheduled action has set, or an update at night would end the night.
 */
export function sizesDue({ sizes, settings }: Pick<InPlace, 'sizes' | 'settings'>, live: ScalingGroupSizes) {
  const scheduled = (member: 'MinSize' | 'MaxSize', size: number) =>
    settings.some(({ kind, definition }) => kind === 'schedule' && definition[member] === size)
  const min = scheduled('MinSize', live.min) ? live.min : sizes.min
  const max = scheduled('MaxSize', live.max) ? live.max : sizes.max
  const bounds = min <= max ? { min, max } : { min: sizes.min, max: sizes.max }
  return { ...bounds, desired: Math.min(Math.max(live.desired, bounds.min), bounds.max) }
}

/** What makes a running group have the declared sizes, timings and subnets; the declared `desired` counts at its start only. */
export function planSizes(wanted: InPlace, actual: ScalingGroup): ResizeStep[] {
  const due = { ...sizesDue(wanted, actual), ...wanted.timings }
  const members = (['min', 'max', 'desired', 'healthCheck', 'gracePeriod', 'cooldown'] as const).filter(
    (member) => due[member] !== actual[member],
  )
  const pick = (values: ScalingGroupSizes & ScalingGroupTimings): InPlaceChange =>
    Object.fromEntries(members.map((member) => [member, values[member]]))
  const isMoved = setText(wanted.subnetIds) !== setText(actual.subnetIds)
  if (members.length === 0 && !isMoved) return []
  return [
    {
      do: 'resize',
      name: actual.name,
      change: { ...pick(due), ...(isMoved && { subnetIds: wanted.subnetIds }) },
      from: { ...pick(actual), ...(isMoved && { subnetIds: actual.subnetIds }) },
    },
  ]
}

const labels = {
  min: 'node_min',
  max: 'node_max',
  desired: 'desired',
  healthCheck: 'health_check',
  gracePeriod: 'grace_period',
  cooldown: 'cooldown',
  subnetIds: 'subnets',
}

/** What a step does, for people: a line for each member, in the words of nodes.json. */
export function sizeLines({ name, change, from }: ResizeStep): string[] {
  return (Object.keys(labels) as (keyof typeof labels)[]).flatMap((member) =>
    change[member] === undefined
      ? []
      : [`${name}: ${labels[member]} ${String(from[member])} -> ${String(change[member])}`],
  )
}

/** AWS gives subnets back in any order. */
function setText(ids: readonly string[]): string {
  return [...new Set(ids)].sort().join()
}
