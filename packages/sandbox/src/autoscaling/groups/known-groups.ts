import type { Scope } from '../../operation.ts'
import { required, validationError } from '../validation-error.ts'
import type { GroupInstance } from '../instances/group-instance.ts'
import type { Group } from './group.ts'

/** Throws AwsError (ValidationError), as Auto Scaling has no code for it. */
export function groupNamed(scope: Scope, name: string | undefined): Group {
  const wanted = required(name, 'autoScalingGroupName')
  const { groups } = scope.state.autoscaling
  const group = Object.hasOwn(groups, wanted) ? groups[wanted] : undefined
  if (group) return group
  throw validationError(`AutoScalingGroup name not found - AutoScalingGroup '${wanted}' not found`)
}

/** The same of a group that can still be changed. Throws AwsError for one that is being deleted. */
export function changeableGroup(scope: Scope, name: string | undefined): Group {
  const group = groupNamed(scope, name)
  if (!group.deletion) return group
  throw validationError(
    `You cannot perform this operation on AutoScalingGroup '${group.name}' because it is pending delete.`,
  )
}

/** The instance of any group, with its group. */
export function managedInstance(
  scope: Scope,
  instanceId: string,
): { group: Group; instance: GroupInstance } | undefined {
  for (const group of Object.values(scope.state.autoscaling.groups)) {
    const instance = group.instances[instanceId]
    if (instance) return { group, instance }
  }
  return undefined
}

/** Those that count as capacity: neither on their way out nor on standby. */
export function activeInstances(group: Group): GroupInstance[] {
  return Object.values(group.instances).filter(
    ({ state }) => state === 'InService' || state.startsWith('Pending'),
  )
}

/** Makes the group compare its capacity with the desired one soon. */
export function wake(group: Group, { now, times }: Scope): void {
  group.actsAt = Math.min(group.actsAt ?? Infinity, now + times.groupActivity * 1000)
}

/** A time as the texts of Auto Scaling have it. */
export function timeText(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`
}
