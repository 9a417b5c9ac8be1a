import {
  CompleteLifecycleAction$,
  DeleteLifecycleHook$,
  DescribeLifecycleHooks$,
  DescribeLifecycleHookTypes$,
  PutLifecycleHook$,
  RecordLifecycleActionHeartbeat$,
  type CompleteLifecycleActionType,
  type DeleteLifecycleHookType,
  type DescribeLifecycleHooksAnswer,
  type DescribeLifecycleHooksType,
  type DescribeLifecycleHookTypesAnswer,
  type LifecycleHook as ShownHook,
  type PutLifecycleHookType,
  type RecordLifecycleActionHeartbeatType,
} from '@aws-sdk/client-auto-scaling'

import { AwsError } from '../../aws-error.ts'
import { operation, type Scope } from '../../operation.ts'
import type { Group } from '../groups/group.ts'
import { changeableGroup, groupNamed } from '../groups/known-groups.ts'
import type { GroupInstance, LifecycleAction } from '../instances/group-instance.ts'
import { completeAction } from '../instances/transitions.ts'
import { required, validationError } from '../validation-error.ts'
import { hookFrom, resultFrom } from './given-hook.ts'
import { completedReason } from './node-answer.ts'
import { globalTimeoutOf, type LifecycleHook } from './lifecycle-hook.ts'

export const lifecycleHookOperations = [
  operation(PutLifecycleHook$, putLifecycleHook),
  operation(DescribeLifecycleHooks$, describeLifecycleHooks),
  operation<object, DescribeLifecycleHookTypesAnswer>(DescribeLifecycleHookTypes$, () => ({
    LifecycleHookTypes: ['autoscaling:EC2_INSTANCE_LAUNCHING', 'autoscaling:EC2_INSTANCE_TERMINATING'],
  })),
  operation(DeleteLifecycleHook$, deleteLifecycleHook),
  operation(CompleteLifecycleAction$, completeLifecycleAction),
  operation(RecordLifecycleActionHeartbeat$, recordLifecycleActionHeartbeat),
]

/** User Guide, "Quotas": lifecycle hooks per group. */
const mostHooks = 50

function putLifecycleHook(input: PutLifecycleHookType, scope: Scope): object {
  const group = changeableGroup(scope, input.AutoScalingGroupName)
  const hook = hookFrom(input, group.lifecycleHooks[input.LifecycleHookName ?? ''])
  group.lifecycleHooks[hook.name] = hook
  if (Object.keys(group.lifecycleHooks).length > mostHooks) {
    throw new AwsError('LimitExceeded', `A group has at most ${String(mostHooks)} lifecycle hooks.`)
  }
  return {}
}

/** Names that the group has no hooks of are no error. */
function describeLifecycleHooks(
  input: DescribeLifecycleHooksType,
  scope: Scope,
): DescribeLifecycleHooksAnswer {
  const group = groupNamed(scope, input.AutoScalingGroupName)
  const names = input.LifecycleHookNames ?? []
  const hooks = Object.values(group.lifecycleHooks)
  return {
    LifecycleHooks: hooks
      .filter(({ name }) => names.length === 0 || names.includes(name))
      .map((hook) => shownHook(group, hook)),
  }
}

/** What waits for it is completed first: launches are abandoned, terminations go on (API Reference, DeleteLifecycleHook). */
function deleteLifecycleHook(input: DeleteLifecycleHookType, scope: Scope): object {
  const group = changeableGroup(scope, input.AutoScalingGroupName)
  const hookName = required(input.LifecycleHookName, 'lifecycleHookName')
  const hook = group.lifecycleHooks[hookName]
  if (!hook) throw validationError(`No Lifecycle Hook found with name: ${hookName}`)
  const result = hook.transition === 'autoscaling:EC2_INSTANCE_LAUNCHING' ? 'ABANDON' : 'CONTINUE'
  for (const instance of Object.values(group.instances)) {
    completeAction(group, instance, { hookName, result, reason: 'Lifecycle Hook Deleted' }, scope)
  }
  delete group.lifecycleHooks[hookName]
  return {}
}

function completeLifecycleAction(input: CompleteLifecycleActionType, scope: Scope): object {
  const result = resultFrom(required(input.LifecycleActionResult, 'lifecycleActionResult'))
  const { group, instance, hookName } = pendingAction(input, scope)
  completeAction(group, instance, { hookName, result, reason: completedReason(result) }, scope)
  return {}
}

/** The timeout starts anew, but for the hook's global one. */
function recordLifecycleActionHeartbeat(input: RecordLifecycleActionHeartbeatType, scope: Scope): object {
  const { group, action, hookName } = pendingAction(input, scope)
  const hook = group.lifecycleHooks[hookName]
  if (!hook) return {}
  const end = action.startedAt + globalTimeoutOf(hook) * 1000
  action.until = Math.min(end, scope.now + hook.heartbeatTimeout * 1000)
  return {}
}

interface PendingAction {
  group: Group
  instance: GroupInstance
  action: LifecycleAction
  hookName: string
}

/** What is waited for, by the instance or the token that the request names. Throws AwsError where nothing is. */
function pendingAction(input: RecordLifecycleActionHeartbeatType, scope: Scope): PendingAction {
  const group = groupNamed(scope, input.AutoScalingGroupName)
  const hookName = required(input.LifecycleHookName, 'lifecycleHookName')
  const { InstanceId: id, LifecycleActionToken: token } = input
  if (id === undefined && token === undefined) {
    throw validationError('Either a lifecycle action token or an instance ID is required.')
  }
  for (const instance of Object.values(group.instances)) {
    const action = instance.waitsFor[hookName]
    const isMeant =
      (id ?? instance.instanceId) === instance.instanceId && (token ?? action?.token) === action?.token
    if (action && isMeant) return { group, instance, action, hookName }
  }
  throw validationError(
    id === undefined
      ? `No active Lifecycle Action found with token ${String(token)}`
      : `No active Lifecycle Action found with instance ID ${id}`,
  )
}

function shownHook(group: Group, hook: LifecycleHook): ShownHook {
  return {
    LifecycleHookName: hook.name,
    AutoScalingGroupName: group.name,
    LifecycleTransition: hook.transition,
    HeartbeatTimeout: hook.heartbeatTimeout,
    GlobalTimeout: globalTimeoutOf(hook),
    DefaultResult: hook.defaultResult,
    NotificationTargetARN: hook.notificationTargetArn,
    RoleARN: hook.roleArn,
    NotificationMetadata: hook.notificationMetadata,
  }
}
