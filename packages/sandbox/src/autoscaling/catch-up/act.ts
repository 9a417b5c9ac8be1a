import type { Scope } from '../../operation.ts'
import { impairedSince } from '../../ec2/instances/status-checks.ts'
import { continueActivity, isOver } from '../activities/record-activity.ts'
import type { Group } from '../groups/group.ts'
import { wake } from '../groups/known-groups.ts'
import type { GroupInstance } from '../instances/group-instance.ts'
import {
  atTime,
  beginTermination,
  completeAction,
  endDraining,
  endMachine,
  passLaunch,
  putInService,
} from '../instances/transitions.ts'
import { removeTrackingAlarms } from '../policies/tracking-alarms.ts'
import { completedReason, endOf } from '../lifecycle-hooks/node-answer.ts'
import { runScheduledActions } from '../scheduled-actions/run-scheduled-actions.ts'
import { goOnWith } from '../target-groups/membership.ts'
import { attachmentTime, targetSickTime } from '../target-groups/target-times.ts'
import { healthTime, nextStateTime } from './due-time.ts'
import { meetDesiredCapacity } from './meet-desired-capacity.ts'

/** Does all that is due in the group at the scope's time. */
export function act(group: Group, scope: Scope): void {
  for (const attached of Object.values(group.targetGroups)) {
    const next = attachmentTime(group, attached, scope)
    if (next !== undefined && next <= scope.now) goOnWith(group, attached, scope)
  }
  for (const instance of Object.values(group.instances)) {
    const next = nextStateTime(instance, scope)
    if (next !== undefined && next <= scope.now) goOn(group, instance, scope)
    const health = healthTime(group, instance, scope)
    if (health !== undefined && health <= scope.now) heed(group, instance, scope)
  }
  if (group.deletion) {
    if (Object.keys(group.instances).length === 0 && group.deletion.goneAt <= scope.now) remove(group, scope)
    return
  }
  runScheduledActions(group, scope)
  if (group.actsAt !== undefined && group.actsAt <= scope.now) meetDesiredCapacity(group, scope)
}

function goOn(group: Group, instance: GroupInstance, scope: Scope): void {
  switch (instance.state) {
    case 'Pending':
      passLaunch(group, instance, scope)
      return
    case 'Pending:Proceed':
      putInService(group, instance, scope)
      return
    case 'Pending:Wait':
    case 'Terminating:Wait':
      endActions(group, instance, scope)
      return
    default:
      leave(group, instance, scope)
  }
}

/** The hooks that the node completes by now, and those that nobody has completed in time. */
function endActions(group: Group, instance: GroupInstance, scope: Scope): void {
  const machine = scope.state.ec2.instances[instance.instanceId]
  for (const [hookName, action] of Object.entries(instance.waitsFor)) {
    const { at, said } = endOf(action, machine)
    if (at > scope.now) continue
    const result = said ?? group.lifecycleHooks[hookName]?.defaultResult ?? 'ABANDON'
    const reason = said ? completedReason(said) : 'Heartbeat Timeout'
    completeAction(group, instance, { hookName, result, reason }, scope)
  }
}

/** A terminating instance: EC2 is told, and once it is terminated the group knows it no more. */
function leave(group: Group, instance: GroupInstance, scope: Scope): void {
  const machine = scope.state.ec2.instances[instance.instanceId]
  if (machine && machine.ending?.to !== 'terminated') {
    if (instance.drainsUntil !== undefined) endDraining(group, instance, scope)
    else endMachine(instance, scope)
    return
  }
  continueActivity(group, scope, instance.activityId, 'Successful')
  delete group.instances[instance.instanceId]
}

/** The group sees that the instance is not healthy, and some time later replaces it. */
function heed(group: Group, instance: GroupInstance, scope: Scope): void {
  if (instance.health === 'Healthy') {
    instance.health = 'Unhealthy'
    instance.unhealthySince = scope.now
    return
  }
  const cause = `an instance was taken out of service in response to ${complaint(group, instance, scope)}.`
  beginTermination(group, instance, { cause: atTime(scope, cause) }, scope)
  wake(group, scope)
}

function complaint(group: Group, instance: GroupInstance, scope: Scope): string {
  const { instanceId } = instance
  const machine = scope.state.ec2.instances[instanceId]
  if (!machine || machine.ending) {
    return 'an EC2 health check indicating it has been terminated or stopped'
  }
  const isImpaired = (impairedSince(machine, scope) ?? Infinity) <= scope.now
  if (isImpaired) return 'EC2 instance status checks failure'
  const isSickTarget = (targetSickTime(group, instance, scope) ?? Infinity) <= scope.now
  return isSickTarget ? 'an ELB system health check failure' : 'a user health-check'
}

/** The group is gone; what it did can still be asked for. */
function remove(group: Group, scope: Scope): void {
  const { groups, pastActivities } = scope.state.autoscaling
  for (const policy of Object.values(group.policies)) removeTrackingAlarms(policy, scope)
  pastActivities.push(
    ...group.activities
      .filter(({ status }) => isOver(status))
      .map((activity) => ({ ...activity, groupName: group.name, groupArn: group.arn })),
  )
  pastActivities.splice(0, Math.max(0, pastActivities.length - mostPastActivities))
  delete groups[group.name]
}

const mostPastActivities = 1000
