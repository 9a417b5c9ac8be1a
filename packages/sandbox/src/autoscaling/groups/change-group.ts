import type {
  DeleteAutoScalingGroupType,
  SetDesiredCapacityType,
  UpdateAutoScalingGroupType,
} from '@aws-sdk/client-auto-scaling'

import { AwsError } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { blockingActivity } from '../activities/blocking-activity.ts'
import { isOver } from '../activities/record-activity.ts'
import { atTime, beginTermination, endMachine, enter } from '../instances/transitions.ts'
import { required, validationError } from '../validation-error.ts'
import { checkKnownSettings, givenSettings, keptSettings } from './given-settings.ts'
import { checkSizes } from './group-sizes.ts'
import { placesOf } from './group-subnets.ts'
import type { Group } from './group.ts'
import { changeableGroup, groupNamed, wake } from './known-groups.ts'
import { checkLaunchable, givenLaunchTemplate } from './launch-request.ts'

/** What runs already stays as it is: a new launch template holds for new instances. */
export function updateAutoScalingGroup(input: UpdateAutoScalingGroupType, scope: Scope): undefined {
  const group = changeableGroup(scope, input.AutoScalingGroupName)
  checkKnownSettings(input)
  const before = group.desiredCapacity
  const { LaunchTemplate: launchTemplate, VPCZoneIdentifier: list, AvailabilityZones: zones } = input
  if (list !== undefined || zones !== undefined) Object.assign(group, placesOf(input, scope))
  if (launchTemplate !== undefined) group.launchTemplate = givenLaunchTemplate(launchTemplate, scope)
  Object.assign(group, givenSettings(input))
  Object.assign(group.settings, keptSettings(input))
  resize(group, input)
  if (launchTemplate !== undefined) checkLaunchable(group, scope)
  if (group.desiredCapacity !== before) {
    const change = `a user request update of AutoScalingGroup constraints to min: ${String(group.minSize)}, max: ${String(group.maxSize)}, desired: ${String(group.desiredCapacity)} changing the desired capacity from ${String(before)} to ${String(group.desiredCapacity)}.`
    group.causes.push(atTime(scope, change))
  }
  wake(group, scope)
}

/** API Reference, UpdateAutoScalingGroup: a desired capacity outside new bounds is moved to the nearer one. */
function resize(group: Group, input: UpdateAutoScalingGroupType): void {
  group.minSize = input.MinSize ?? group.minSize
  group.maxSize = input.MaxSize ?? group.maxSize
  const nearest = Math.max(group.minSize, Math.min(group.maxSize, group.desiredCapacity))
  group.desiredCapacity = input.DesiredCapacity ?? nearest
  checkSizes(group)
}

export function setDesiredCapacity(input: SetDesiredCapacityType, scope: Scope): undefined {
  const group = changeableGroup(scope, input.AutoScalingGroupName)
  const wanted = required(input.DesiredCapacity, 'desiredCapacity')
  const { minSize, maxSize, desiredCapacity: before } = group
  if (wanted > maxSize) {
    throw validationError(
      `New SetDesiredCapacity value ${String(wanted)} is above max value ${String(maxSize)} for the AutoScalingGroup.`,
    )
  }
  if (wanted < minSize) {
    throw validationError(
      `New SetDesiredCapacity value ${String(wanted)} is below min value ${String(minSize)} for the AutoScalingGroup.`,
    )
  }
  if (input.HonorCooldown === true) checkCooldown(group, scope)
  group.desiredCapacity = wanted
  const change = `a user request explicitly set group desired capacity changing the desired capacity from ${String(before)} to ${String(wanted)}.`
  group.causes.push(atTime(scope, change))
  wake(group, scope)
}

function checkCooldown(group: Group, scope: Scope): void {
  const blocking = blockingActivity(group, scope, group.defaultCooldown)
  if (!blocking) return
  throw new AwsError(
    'ScalingActivityInProgress',
    `Scaling activity ${blocking.activityId} is in progress and blocks this action`,
  )
}

/** Only an empty group is deleted, unless by force. It takes a while to be gone. */
export function deleteAutoScalingGroup(input: DeleteAutoScalingGroupType, scope: Scope): undefined {
  const group = groupNamed(scope, input.AutoScalingGroupName)
  const isForced = input.ForceDelete === true
  const protection = group.settings.DeletionProtection ?? 'none'
  if (protection === 'prevent-all-deletion' || (isForced && protection === 'prevent-force-deletion')) {
    throw validationError(
      `You cannot delete AutoScalingGroup '${group.name}': its deletion protection is '${protection}'.`,
    )
  }
  if (!isForced) checkEmpty(group)
  group.deletion ??= { goneAt: scope.now + scope.times.groupActivity * 1000 }
  group.minSize = group.desiredCapacity = 0
  delete group.actsAt
  for (const instance of Object.values(group.instances)) {
    if (instance.drainsUntil !== undefined) {
      delete instance.drainsUntil
      endMachine(instance, scope)
      continue
    }
    if (instance.state === 'Terminating' || instance.state === 'Terminating:Proceed') continue
    if (instance.state === 'Terminating:Wait') {
      instance.waitsFor = {}
      enter(instance, 'Terminating', scope)
      endMachine(instance, scope)
    } else {
      const cause = atTime(scope, 'a user request force deleted the AutoScalingGroup.')
      beginTermination(group, instance, { cause, skipsHooks: true }, scope)
    }
  }
}

function checkEmpty(group: Group): void {
  if (Object.keys(group.instances).length > 0) {
    throw new AwsError(
      'ResourceInUse',
      'You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) still in the group.',
    )
  }
  if (group.activities.some(({ status }) => !isOver(status))) {
    throw new AwsError(
      'ScalingActivityInProgress',
      'You cannot delete an AutoScalingGroup while there are scaling activities in progress for that group.',
    )
  }
}
