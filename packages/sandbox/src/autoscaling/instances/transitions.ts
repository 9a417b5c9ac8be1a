import type { Scope } from '../../operation.ts'
import { terminate } from '../../ec2/instances/change-state.ts'
import { continueActivity, recordActivity } from '../activities/record-activity.ts'
import type { ScalingActivity } from '../activities/scaling-activity.ts'
import { fixedUuid } from '../fixed-uuid.ts'
import type { Group } from '../groups/group.ts'
import { wake } from '../groups/known-groups.ts'
import { nodeAnswer } from '../lifecycle-hooks/node-answer.ts'
import type { LifecycleHook } from '../lifecycle-hooks/lifecycle-hook.ts'
import { joinTargetGroups, leaveTargetGroups } from '../target-groups/membership.ts'
import type { GroupInstance, LifecycleState } from './group-instance.ts'

/** EC2 says that it runs: it waits for the launch hooks, or is in service. */
export function passLaunch(group: Group, instance: GroupInstance, scope: Scope): void {
  if (!beginActions(group, instance, 'autoscaling:EC2_INSTANCE_LAUNCHING', scope)) {
    putInService(group, instance, scope)
    return
  }
  enter(instance, 'Pending:Wait', scope)
  continueActivity(group, scope, instance.activityId, 'MidLifecycleAction', { progress: 60 })
}

export function putInService(group: Group, instance: GroupInstance, scope: Scope): void {
  enter(instance, 'InService', scope)
  instance.inServiceAt = scope.now
  continueActivity(group, scope, instance.activityId, 'Successful')
  delete instance.activityId
  joinTargetGroups(group, instance, scope)
}

/** The instance is to go; it drains and waits for the termination hooks first, unless both are to be left out. */
export function beginTermination(
  group: Group,
  instance: GroupInstance,
  { cause, skipsHooks = false }: { cause: string; skipsHooks?: boolean },
  scope: Scope,
): ScalingActivity {
  continueActivity(group, scope, instance.activityId, 'Cancelled')
  const { subnetId, zone, instanceId } = instance
  const activity = recordActivity(group, scope, {
    description: `Terminating EC2 instance: ${instanceId}`,
    cause,
    status: 'InProgress',
    progress: 0,
    subnetId,
    zone,
  })
  instance.activityId = activity.activityId
  instance.waitsFor = {}
  const drainsUntil = leaveTargetGroups(group, instance, scope)
  if (skipsHooks || isGone(instance, scope)) {
    enter(instance, 'Terminating', scope)
    endMachine(instance, scope)
  } else if (drainsUntil > scope.now) {
    enter(instance, 'Terminating', scope)
    instance.drainsUntil = drainsUntil
    continueActivity(group, scope, activity.activityId, 'WaitingForELBConnectionDraining', { progress: 30 })
  } else {
    endDraining(group, instance, scope)
  }
  return activity
}

/** It has drained: it waits for the termination hooks, or EC2 is told. */
export function endDraining(group: Group, instance: GroupInstance, scope: Scope): void {
  const hasDrained = instance.drainsUntil !== undefined
  delete instance.drainsUntil
  if (beginActions(group, instance, 'autoscaling:EC2_INSTANCE_TERMINATING', scope)) {
    enter(instance, 'Terminating:Wait', scope)
    continueActivity(group, scope, instance.activityId, 'MidLifecycleAction', { progress: 60 })
  } else {
    if (hasDrained) continueActivity(group, scope, instance.activityId, 'InProgress', { progress: 50 })
    enter(instance, 'Terminating', scope)
    endMachine(instance, scope)
  }
}

function isGone({ instanceId }: GroupInstance, { state }: Scope): boolean {
  const machine = state.ec2.instances[instanceId]
  return !machine || machine.ending?.to === 'terminated'
}

/** Has EC2 terminate it, unless it is on its way already. */
export function endMachine({ instanceId }: GroupInstance, scope: Scope): void {
  const machine = scope.state.ec2.instances[instanceId]
  if (!machine || machine.ending?.to === 'terminated') return
  terminate(machine, scope)
  scope.whenKept(() => scope.hosts.forget([instanceId]))
}

/** What a lifecycle action came to, by the caller's word or by its timeout. */
export function completeAction(
  group: Group,
  instance: GroupInstance,
  { hookName, result, reason }: { hookName: string; result: 'CONTINUE' | 'ABANDON'; reason: string },
  scope: Scope,
): void {
  const action = instance.waitsFor[hookName]
  if (!action) return
  if (instance.state === 'Pending:Wait' && result === 'ABANDON') {
    continueActivity(group, scope, instance.activityId, 'Cancelled', {
      message: `Instance failed to complete user's Lifecycle Action: Lifecycle Action with token ${action.token} was abandoned: ${reason}`,
    })
    delete instance.activityId
    const cause = `an instance was taken out of service in response to an abandoned lifecycle action.`
    beginTermination(group, instance, { cause: atTime(scope, cause), skipsHooks: true }, scope)
    wake(group, scope)
    return
  }
  // User Guide, "Lifecycle hooks": ABANDON stops the remaining actions of a termination, which goes on either way.
  if (result === 'ABANDON') instance.waitsFor = {}
  else delete instance.waitsFor[hookName]
  if (Object.keys(instance.waitsFor).length > 0) return
  enter(instance, instance.state === 'Pending:Wait' ? 'Pending:Proceed' : 'Terminating:Proceed', scope)
}

export function enter(instance: GroupInstance, state: LifecycleState, { now }: Scope): void {
  instance.state = state
  instance.enteredAt = now
}

/** The text of a cause, with the time that it begins with. */
export function atTime({ now }: Scope, text: string): string {
  return `At ${new Date(now).toISOString().slice(0, 19)}Z ${text}`
}

function beginActions(
  group: Group,
  instance: GroupInstance,
  transition: LifecycleHook['transition'],
  scope: Scope,
): boolean {
  const { now } = scope
  const machine = scope.state.ec2.instances[instance.instanceId]
  const isLaunch = transition === 'autoscaling:EC2_INSTANCE_LAUNCHING'
  const hooks = Object.values(group.lifecycleHooks).filter((hook) => hook.transition === transition)
  instance.waitsFor = Object.fromEntries(
    hooks.map(({ name, heartbeatTimeout }) => [
      name,
      {
        token: fixedUuid(`${group.arn} ${instance.instanceId} ${name} ${String(now)}`),
        startedAt: now,
        until: now + heartbeatTimeout * 1000,
        ...(isLaunch && nodeAnswer(name, machine, scope)),
      },
    ]),
  )
  return hooks.length > 0
}
