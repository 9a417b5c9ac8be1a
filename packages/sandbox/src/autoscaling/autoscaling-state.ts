import type { ScalingActivity } from './activities/scaling-activity.ts'
import type { Group } from './groups/group.ts'

/** Auto Scaling's resources of one region. */
export interface AutoScalingState {
  /** By their names. */
  groups: Record<string, Group>
  /** Of groups that are gone, the oldest first. */
  pastActivities: (ScalingActivity & { groupName: string; groupArn: string })[]
  /** Up to when the groups have done what they do by themselves; milliseconds since 1970. */
  caughtUpTo: number
}

export function newAutoScalingState(): AutoScalingState {
  return { groups: {}, pastActivities: [], caughtUpTo: 0 }
}
