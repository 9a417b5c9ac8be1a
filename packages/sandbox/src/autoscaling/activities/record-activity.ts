import type { ScalingActivityStatusCode } from '@aws-sdk/client-auto-scaling'

import type { Scope } from '../../operation.ts'
import { fixedUuid } from '../fixed-uuid.ts'
import type { Group } from '../groups/group.ts'
import type { ScalingActivity } from './scaling-activity.ts'

/** Of one group; AWS keeps those of six weeks (API Reference, DescribeScalingActivities). */
const mostActivities = 2000

type NewActivity = Pick<ScalingActivity, 'description' | 'cause' | 'status' | 'progress'> &
  Partial<Pick<ScalingActivity, 'message' | 'subnetId' | 'zone'>>

/** Adds an activity that starts now, and ends now unless it is in progress. */
export function recordActivity(group: Group, { now }: Scope, activity: NewActivity): ScalingActivity {
  group.activitiesMade += 1
  const made: ScalingActivity = {
    activityId: fixedUuid(`${group.arn} activity ${String(group.activitiesMade)}`),
    startedAt: now,
    ...activity,
    ...(isOver(activity.status) && { endedAt: now }),
  }
  group.activities.push(made)
  if (group.activities.length > mostActivities) group.activities.shift()
  return made
}

/** The instance's present activity goes on or comes to its end. */
export function continueActivity(
  group: Group,
  { now }: Scope,
  activityId: string | undefined,
  status: ScalingActivityStatusCode,
  { progress = 100, message }: { progress?: number; message?: string } = {},
): void {
  const activity = group.activities.findLast((each) => each.activityId === activityId)
  if (!activity) return
  activity.status = status
  activity.progress = progress
  if (message !== undefined) activity.message = message
  if (isOver(status)) activity.endedAt = now
}

export function isOver(status: ScalingActivityStatusCode): boolean {
  return status === 'Successful' || status === 'Failed' || status === 'Cancelled'
}
