import type { ActivityType, TerminateInstanceInAutoScalingGroupType } from '@aws-sdk/client-auto-scaling'

import type { Scope } from '../../operation.ts'
import { shownActivity } from '../activities/operations.ts'
import { managedInstance, wake } from '../groups/known-groups.ts'
import { required, validationError } from '../validation-error.ts'
import { atTime, beginTermination } from './transitions.ts'

/** One that is terminating already stays so. */
export function terminateInstanceInAutoScalingGroup(
  input: TerminateInstanceInAutoScalingGroupType,
  scope: Scope,
): ActivityType {
  const id = required(input.InstanceId, 'instanceId')
  const isShrinking = required(input.ShouldDecrementDesiredCapacity, 'shouldDecrementDesiredCapacity')
  const found = managedInstance(scope, id)
  if (!found) {
    throw validationError(`Instance Id not found - No managed instance found for instance ID: ${id}`)
  }
  const { group, instance } = found
  const running = group.activities.find(({ activityId }) => activityId === instance.activityId)
  if (instance.state.startsWith('Terminating')) {
    return running ? { Activity: shownActivity(group, running, scope) } : {}
  }
  if (isShrinking && instance.state !== 'Standby') {
    if (group.desiredCapacity <= group.minSize) {
      throw validationError(
        `Currently, desiredSize equals minSize (${String(group.minSize)}). Terminating instance without replacement will violate group's min size constraint. Either set shouldDecrementDesiredCapacity flag to false or lower group's min size.`,
      )
    }
    group.desiredCapacity -= 1
  }
  const shrinking = isShrinking
    ? `, shrinking the capacity from ${String(group.desiredCapacity + 1)} to ${String(group.desiredCapacity)}`
    : ''
  const cause = atTime(
    scope,
    `instance ${id} was taken out of service in response to a user request${shrinking}.`,
  )
  const activity = beginTermination(group, instance, { cause }, scope)
  wake(group, scope)
  return { Activity: shownActivity(group, activity, scope) }
}
