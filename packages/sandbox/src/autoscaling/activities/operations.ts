import {
  DescribeScalingActivities$,
  type ActivitiesType,
  type Activity,
  type DescribeScalingActivitiesType,
} from '@aws-sdk/client-auto-scaling'

import { operation, type Scope } from '../../operation.ts'
import { zoneIdOf } from '../../ec2/zones/regions.ts'
import { groupNamed } from '../groups/known-groups.ts'
import type { Group } from '../groups/group.ts'
import { recordPage } from '../record-pages.ts'
import { validationError } from '../validation-error.ts'
import type { ScalingActivity } from './scaling-activity.ts'

export const activityOperations = [
  operation<DescribeScalingActivitiesType, ActivitiesType>(
    DescribeScalingActivities$,
    describeScalingActivities,
  ),
]

/** The latest first, and before them those in progress (API Reference, ActivitiesType). */
function describeScalingActivities(input: DescribeScalingActivitiesType, scope: Scope): ActivitiesType {
  if (input.Filters !== undefined && input.Filters.length > 0) {
    throw validationError('The sandbox does not know filters of scaling activities.')
  }
  const { ActivityIds: ids = [], AutoScalingGroupName: name } = input
  const all = activitiesOf(scope, name, input.IncludeDeletedGroups === true)
  const unknown = ids.find((id) => !all.some(({ ActivityId }) => ActivityId === id))
  if (unknown !== undefined) throw validationError(`Activity ids [${unknown}] are not valid`)
  const wanted = all
    .filter(({ ActivityId = '' }) => ids.length === 0 || ids.includes(ActivityId))
    .sort((a, b) => Number(isEnded(a)) - Number(isEnded(b)) || startOf(b) - startOf(a))
  const { items, NextToken } = recordPage(wanted, input, { usual: 100 })
  return { Activities: items, NextToken }
}

const isEnded = ({ EndTime }: Activity) => EndTime !== undefined
const startOf = ({ StartTime }: Activity) => StartTime?.getTime() ?? 0

function activitiesOf(scope: Scope, name: string | undefined, withDeleted: boolean): Activity[] {
  const { groups, pastActivities } = scope.state.autoscaling
  const past = pastActivities
    .filter(({ groupName }) => withDeleted && (name === undefined || groupName === name))
    .map((each) => shownPast(each, scope))
    .toReversed()
  if (name !== undefined && past.length > 0 && !Object.hasOwn(groups, name)) return past
  const wanted = name === undefined ? Object.values(groups) : [groupNamed(scope, name)]
  const present = wanted.flatMap((group) =>
    group.activities.map((activity) => shownActivity(group, activity, scope)).toReversed(),
  )
  return [...present, ...past]
}

/** An activity as answers show it. */
export function shownActivity(group: Group, activity: ScalingActivity, scope: Scope): Activity {
  return shown(activity, { name: group.name, arn: group.arn }, scope)
}

function shownPast(
  activity: ScalingActivity & { groupName: string; groupArn: string },
  scope: Scope,
): Activity {
  const { groupName: name, groupArn: arn } = activity
  return { ...shown(activity, { name, arn }, scope), AutoScalingGroupState: 'Deleted' }
}

function shown(activity: ScalingActivity, group: { name: string; arn: string }, { region }: Scope): Activity {
  const { subnetId, zone, message, endedAt } = activity
  const details = {
    ...(subnetId !== undefined && { 'Subnet ID': subnetId }),
    ...(zone !== undefined && { 'Availability Zone': zone, 'Availability Zone ID': zoneIdOf(zone) }),
  }
  return {
    ActivityId: activity.activityId,
    AutoScalingGroupName: group.name,
    AutoScalingGroupARN: group.arn,
    Description: activity.description,
    Cause: activity.cause,
    StartTime: new Date(activity.startedAt),
    ...(endedAt !== undefined && { EndTime: new Date(endedAt) }),
    StatusCode: activity.status,
    ...(message !== undefined && { StatusMessage: message }),
    Progress: activity.progress,
    Details: JSON.stringify(zone === undefined ? { Region: region } : details),
  }
}
