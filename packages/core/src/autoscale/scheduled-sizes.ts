import { PackageError } from '../errors.ts'
import type { ScheduledAction } from '../groups/node-group.ts'
import type { ScalingGroupSizes } from '../ports/cloud/scaling-groups.ts'

/**
 * A size that an action leaves out is the group's at that moment: its own, or what another action has set. Throws PackageError
 * (config) for an action that fits none of these, which Auto Scaling would refuse at its time, with nobody there to see it.
 */
export function checkScheduledSizes(
  group: string,
  { min, max }: ScalingGroupSizes,
  schedule: readonly ScheduledAction[],
): void {
  const lowest = Math.min(min, ...schedule.flatMap(({ node_min }) => node_min ?? []))
  const highest = Math.max(max, ...schedule.flatMap(({ node_max }) => node_max ?? []))
  for (const [index, { node_min = lowest, node_max = highest, desired }] of schedule.entries()) {
    const pointer = `/${group}/autoscale/schedule/${String(index)}`
    if (node_min > node_max) {
      throw neverFits(pointer, `node_min ${String(node_min)} is above node_max ${String(node_max)}`)
    }
    if (desired !== undefined && desired < node_min) {
      throw neverFits(pointer, `desired ${String(desired)} is below node_min ${String(node_min)}`)
    }
    if (desired !== undefined && desired > node_max) {
      throw neverFits(pointer, `desired ${String(desired)} is above node_max ${String(node_max)}`)
    }
  }
}

function neverFits(pointer: string, text: string): PackageError {
  return new PackageError('config', 'SCHEDULE_SIZES', `nodes.json, ${pointer}: ${text}`, {
    hint: 'give the action a node_min and node_max of its own that fit, or change those of autoscale',
  })
}
