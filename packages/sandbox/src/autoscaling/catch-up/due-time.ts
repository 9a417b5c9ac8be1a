import type { Scope } from '../../operation.ts'
import { impairedSince } from '../../ec2/instances/status-checks.ts'
import type { Group } from '../groups/group.ts'
import type { GroupInstance } from '../instances/group-instance.ts'
import { endOf } from '../lifecycle-hooks/node-answer.ts'
import { attachmentTime, targetSickTime } from '../target-groups/target-times.ts'
import { scheduleTime } from '../scheduled-actions/schedule-time.ts'

/** How long a completed hook's state shows. In milliseconds. */
const proceeding = 1000

/** When the group has something to do next; undefined where that is when it is told to. */
export function dueTime(group: Group, scope: Scope): number | undefined {
  const instances = Object.values(group.instances)
  const times = instances.map((instance) => instanceDueTime(group, instance, scope))
  for (const attached of Object.values(group.targetGroups)) {
    times.push(attachmentTime(group, attached, scope))
  }
  if (!group.deletion) times.push(group.actsAt, scheduleTime(group))
  else if (instances.length === 0) times.push(group.deletion.goneAt)
  let first: number | undefined
  for (const time of times) {
    if (time !== undefined && (first === undefined || time < first)) first = time
  }
  return first
}

/** When something is due with the instance: its next state, or that its health is seen. */
export function instanceDueTime(group: Group, instance: GroupInstance, scope: Scope): number | undefined {
  const next = nextStateTime(instance, scope)
  const health = healthTime(group, instance, scope)
  if (next === undefined || health === undefined) return next ?? health
  return Math.min(next, health)
}

/** When its state changes by itself. */
export function nextStateTime(instance: GroupInstance, scope: Scope): number | undefined {
  const machine = scope.state.ec2.instances[instance.instanceId]
  switch (instance.state) {
    case 'Pending':
      return machine && machine.ending === undefined ? machine.runningAt : undefined
    case 'Pending:Wait':
    case 'Terminating:Wait':
      return Math.min(...Object.values(instance.waitsFor).map((action) => endOf(action, machine).at))
    case 'Pending:Proceed':
      return instance.enteredAt + proceeding
    case 'Terminating':
    case 'Terminating:Proceed':
      if (!machine) return instance.enteredAt
      if (machine.ending?.to === 'terminated') return machine.ending.doneAt
      return instance.drainsUntil ?? instance.enteredAt + proceeding
    default:
      return undefined
  }
}

/** When the group sees that the instance is not healthy, or acts on it. */
export function healthTime(group: Group, instance: GroupInstance, scope: Scope): number | undefined {
  if (instance.state !== 'InService' && !instance.state.startsWith('Pending')) return undefined
  if (instance.health === 'Unhealthy') {
    if (isSuspended(group, 'ReplaceUnhealthy') || isSuspended(group, 'Terminate')) return undefined
    return (instance.unhealthySince ?? instance.enteredAt) + scope.times.groupActivity * 1000
  }
  if (isSuspended(group, 'HealthCheck')) return undefined
  const sickAt = sickTime(group, instance, scope)
  return sickAt === undefined ? undefined : sickAt + scope.times.healthCheck * 1000
}

export function isSuspended(group: Group, process: string): boolean {
  return Object.hasOwn(group.suspended, process)
}

/**
 * User Guide, "Health check grace period": an instance that does not run any more is seen at once; failed status checks and
 * health checks of a load balancer only after the period.
 */
function sickTime(group: Group, instance: GroupInstance, scope: Scope): number | undefined {
  const { instanceId, inServiceAt, enteredAt } = instance
  const machine = scope.state.ec2.instances[instanceId]
  if (!machine) return enteredAt
  if (machine.ending) return machine.ending.askedAt
  const impaired = impairedSince(machine, scope) ?? Infinity
  const since = Math.min(impaired, targetSickTime(group, instance, scope) ?? Infinity)
  if (since === Infinity || inServiceAt === undefined) return undefined
  return Math.max(since, inServiceAt + group.healthCheckGracePeriod * 1000)
}
