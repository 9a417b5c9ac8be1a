import type { Scope } from '../../operation.ts'
import type { Group } from '../groups/group.ts'
import { wake } from '../groups/known-groups.ts'
import { atTime } from '../instances/transitions.ts'
import { nextRecurrence } from './recurrence.ts'
import type { ScheduledAction } from './scheduled-action.ts'

/**
 * Runs what is due. One that will not run again is no more (API Reference, DescribeScheduledActions: those "that haven't run
 * or that have not reached their end time"). What falls into a time in which ScheduledActions is suspended is left out, and
 * not made up for (User Guide, "Suspend and resume Auto Scaling processes").
 */
export function runScheduledActions(group: Group, scope: Scope): void {
  for (const action of Object.values(group.scheduledActions)) {
    const { nextAt, recurrence, timeZone, endsAt = Infinity } = action
    if (nextAt === undefined || nextAt > scope.now) continue
    if (!Object.hasOwn(group.suspended, 'ScheduledActions')) resize(group, action, scope)
    const next = recurrence === undefined ? undefined : nextRecurrence(recurrence, timeZone, scope.now)
    if (next === undefined || next > endsAt) delete group.scheduledActions[action.name]
    else action.nextAt = next
  }
}

/** An action whose sizes contradict the group's changes nothing. */
function resize(group: Group, action: ScheduledAction, scope: Scope): void {
  const { minSize = group.minSize, maxSize = group.maxSize } = action
  const before = group.desiredCapacity
  const desired = action.desiredCapacity ?? Math.max(minSize, Math.min(maxSize, before))
  if (minSize > maxSize || desired < minSize || desired > maxSize) return
  Object.assign(group, { minSize, maxSize, desiredCapacity: desired })
  if (desired !== before) {
    const change = `a scheduled action update of AutoScalingGroup constraints to min: ${String(minSize)}, max: ${String(maxSize)}, desired: ${String(desired)} changing the desired capacity from ${String(before)} to ${String(desired)}.`
    group.causes.push(atTime(scope, change))
  }
  wake(group, scope)
}
