import type { Group } from '../groups/group.ts'

/** When the next scheduled action of the group is due. */
export function scheduleTime({ scheduledActions }: Group): number | undefined {
  const times = Object.values(scheduledActions).flatMap(({ nextAt = [] }) => nextAt)
  return times.length === 0 ? undefined : Math.min(...times)
}
