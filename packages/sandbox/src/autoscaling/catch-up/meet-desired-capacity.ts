import type { Scope } from '../../operation.ts'
import { recordActivity } from '../activities/record-activity.ts'
import type { Group } from '../groups/group.ts'
import { activeInstances } from '../groups/known-groups.ts'
import { atTime, beginTermination } from '../instances/transitions.ts'
import { isSuspended } from './due-time.ts'
import { launchInto } from './launch-into.ts'
import { toTerminate } from './to-terminate.ts'

/** How long a group that was refused waits before it tries again, at first and at most; in milliseconds. */
const firstRetry = 30_000
const longestRetry = 900_000

/** Launches what is missing, or terminates what is too much. */
export function meetDesiredCapacity(group: Group, scope: Scope): void {
  delete group.actsAt
  const surplus = activeInstances(group).length - group.desiredCapacity
  if (surplus > 0 && !isSuspended(group, 'Terminate')) shrink(group, surplus, scope)
  if (surplus < 0 && !isSuspended(group, 'Launch')) grow(group, scope)
  group.causes = []
}

function grow(group: Group, scope: Scope): void {
  const fullZones = new Set<string>()
  for (let size = activeInstances(group).length; size < group.desiredCapacity; size++) {
    const cause = `an instance was started in response to a difference between desired and actual capacity, increasing the capacity from ${String(size)} to ${String(size + 1)}.`
    if (launchInto(group, causeOf(group, scope, cause), fullZones, scope)) continue
    group.refusals += 1
    group.actsAt = scope.now + Math.min(longestRetry, firstRetry * 2 ** (group.refusals - 1))
    return
  }
  group.refusals = 0
}

function shrink(group: Group, surplus: number, scope: Scope): void {
  let size = activeInstances(group).length
  for (const instance of toTerminate(group, surplus)) {
    const difference = `an instance was taken out of service in response to a difference between desired and actual capacity, shrinking the capacity from ${String(size)} to ${String(size - 1)}.`
    const selected = atTime(scope, `instance ${instance.instanceId} was selected for termination.`)
    beginTermination(group, instance, { cause: `${causeOf(group, scope, difference)}  ${selected}` }, scope)
    size -= 1
  }
  if (size === group.desiredCapacity) return
  recordActivity(group, scope, {
    description:
      'Could not scale to desired capacity because all remaining instances are protected from scale-in.',
    cause: causeOf(group, scope, 'all remaining instances were protected from scale-in.'),
    status: 'Failed',
    progress: 100,
  })
}

function causeOf(group: Group, scope: Scope, text: string): string {
  return [...group.causes, atTime(scope, text)].join('  ')
}
