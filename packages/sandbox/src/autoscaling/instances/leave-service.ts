import type {
  DetachInstancesAnswer,
  DetachInstancesQuery,
  EnterStandbyAnswer,
  EnterStandbyQuery,
  ExitStandbyAnswer,
  ExitStandbyQuery,
} from '@aws-sdk/client-auto-scaling'

import type { Scope } from '../../operation.ts'
import { shownActivity } from '../activities/operations.ts'
import { recordActivity } from '../activities/record-activity.ts'
import type { Group } from '../groups/group.ts'
import { changeableGroup, wake } from '../groups/known-groups.ts'
import { leaveTargetGroups } from '../target-groups/membership.ts'
import { required, validationError } from '../validation-error.ts'
import type { GroupInstance, LifecycleState } from './group-instance.ts'
import { notPartOf } from './health-and-protection.ts'
import { atTime, enter } from './transitions.ts'

/** The instances live on without the group, and with their tags but the group's own. */
export function detachInstances(input: DetachInstancesQuery, scope: Scope): DetachInstancesAnswer {
  const group = changeableGroup(scope, input.AutoScalingGroupName)
  const instances = namedInstances(group, input.InstanceIds, ['InService', 'Standby'])
  const shrinking = shrink(group, instances.filter(({ state }) => state === 'InService').length, input)
  const Activities = instances.map((instance) => {
    leaveTargetGroups(group, instance, scope)
    delete group.instances[instance.instanceId]
    delete scope.state.ec2.tags[instance.instanceId]?.['aws:autoscaling:groupName']
    const text = `instance ${instance.instanceId} was detached in response to a user request${shrinking}.`
    return moved(
      group,
      instance,
      `Detaching EC2 instance: ${instance.instanceId}`,
      atTime(scope, text),
      scope,
    )
  })
  wake(group, scope)
  return { Activities }
}

/** The instances stay the group's, but are no capacity, and nobody looks at their health. */
export function enterStandby(input: EnterStandbyQuery, scope: Scope): EnterStandbyAnswer {
  const group = changeableGroup(scope, input.AutoScalingGroupName)
  const instances = namedInstances(group, input.InstanceIds, ['InService'])
  const shrinking = shrink(group, instances.length, input)
  const Activities = instances.map((instance) => {
    leaveTargetGroups(group, instance, scope)
    enter(instance, 'Standby', scope)
    const text = `instance ${instance.instanceId} was moved to standby in response to a user request${shrinking}.`
    return moved(
      group,
      instance,
      `Moving EC2 instance to Standby: ${instance.instanceId}`,
      atTime(scope, text),
      scope,
    )
  })
  wake(group, scope)
  return { Activities }
}

/** They become pending again, with the launch hooks; the desired capacity grows by them (API Reference, ExitStandby). */
export function exitStandby(input: ExitStandbyQuery, scope: Scope): ExitStandbyAnswer {
  const group = changeableGroup(scope, input.AutoScalingGroupName)
  const instances = namedInstances(group, input.InstanceIds, ['Standby'])
  const before = group.desiredCapacity
  if (before + instances.length > group.maxSize) {
    throw validationError(
      `Moving the instances out of standby would exceed the group's max size of ${String(group.maxSize)}.`,
    )
  }
  group.desiredCapacity += instances.length
  const Activities = instances.map((instance) => {
    enter(instance, 'Pending', scope)
    const text = `instance ${instance.instanceId} was moved out of standby in response to a user request, increasing the capacity from ${String(before)} to ${String(group.desiredCapacity)}.`
    const { instanceId, subnetId, zone } = instance
    const activity = recordActivity(group, scope, {
      description: `Moving EC2 instance out of Standby: ${instanceId}`,
      cause: atTime(scope, text),
      status: 'PreInService',
      progress: 30,
      subnetId,
      zone,
    })
    instance.activityId = activity.activityId
    return shownActivity(group, activity, scope)
  })
  return { Activities }
}

function namedInstances(
  group: Group,
  ids: readonly string[] | undefined,
  states: readonly LifecycleState[],
): GroupInstance[] {
  return required(ids, 'instanceIds').map((id) => {
    const instance = group.instances[id]
    if (!instance) throw notPartOf(id, group)
    if (states.includes(instance.state)) return instance
    throw validationError(`The instance ${id} is not in ${states.join(' or ')}.`)
  })
}

/** Takes them off the desired capacity if the request says so, and says it for the causes. Throws AwsError below the minimum. */
function shrink(
  group: Group,
  count: number,
  input: { ShouldDecrementDesiredCapacity: boolean | undefined },
): string {
  if (!required(input.ShouldDecrementDesiredCapacity, 'shouldDecrementDesiredCapacity')) return ''
  const before = group.desiredCapacity
  if (before - count < group.minSize) {
    throw validationError(
      `AutoScalingGroup '${group.name}' has min-size=${String(group.minSize)}, max-size=${String(group.maxSize)}, and desired-size=${String(before)}. To place into standby or detach ${String(count)} instance(s), please update the AutoScalingGroup sizes appropriately.`,
    )
  }
  group.desiredCapacity = before - count
  return `, shrinking the capacity from ${String(before)} to ${String(group.desiredCapacity)}`
}

function moved(group: Group, instance: GroupInstance, description: string, cause: string, scope: Scope) {
  const { subnetId, zone } = instance
  const activity = recordActivity(group, scope, {
    description,
    cause,
    status: 'Successful',
    progress: 100,
    subnetId,
    zone,
  })
  return shownActivity(group, activity, scope)
}
