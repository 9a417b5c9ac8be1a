import type { SetInstanceHealthQuery, SetInstanceProtectionQuery } from '@aws-sdk/client-auto-scaling'

import type { Scope } from '../../operation.ts'
import type { Group } from '../groups/group.ts'
import { changeableGroup, managedInstance, wake } from '../groups/known-groups.ts'
import { required, validationError } from '../validation-error.ts'
import type { GroupInstance } from './group-instance.ts'

/** What somebody says of an instance's health; within the grace period that counts only if it is meant to. */
export function setInstanceHealth(input: SetInstanceHealthQuery, scope: Scope): undefined {
  const id = required(input.InstanceId, 'instanceId')
  const status = required(input.HealthStatus, 'healthStatus')
  if (status !== 'Healthy' && status !== 'Unhealthy') {
    throw validationError('Valid instance health states are: [Healthy, Unhealthy].')
  }
  const found = managedInstance(scope, id)
  if (!found) {
    throw validationError(`Instance Id not found - No managed instance found for instance ID: ${id}`)
  }
  const { group, instance } = found
  const isSpared = input.ShouldRespectGracePeriod !== false && isInGrace(group, instance, scope)
  if (status === instance.health || (status === 'Unhealthy' && isSpared)) return
  instance.health = status
  if (status === 'Unhealthy') instance.unhealthySince = scope.now
  else delete instance.unhealthySince
}

function isInGrace(
  { healthCheckGracePeriod }: Group,
  { inServiceAt }: GroupInstance,
  { now }: Scope,
): boolean {
  return inServiceAt === undefined || now < inServiceAt + healthCheckGracePeriod * 1000
}

/** From scale-in only: an unhealthy instance is replaced nevertheless. */
export function setInstanceProtection(input: SetInstanceProtectionQuery, scope: Scope): object {
  const group = changeableGroup(scope, input.AutoScalingGroupName)
  const isProtected = required(input.ProtectedFromScaleIn, 'protectedFromScaleIn')
  for (const id of required(input.InstanceIds, 'instanceIds')) {
    const instance = group.instances[id]
    if (!instance) throw notPartOf(id, group)
    if (instance.state.startsWith('Terminating')) {
      throw validationError(`The instance ${id} is not in InService or EnteringStandby or Standby.`)
    }
    instance.isProtected = isProtected
  }
  if (!isProtected) wake(group, scope)
  return {}
}

export function notPartOf(instanceId: string, { name }: Group) {
  return validationError(`The instance ${instanceId} is not part of Auto Scaling group ${name}.`)
}
