import type { Scope } from '../../operation.ts'
import { blockingActivity } from '../activities/blocking-activity.ts'
import type { Group } from '../groups/group.ts'
import { activeInstances, wake } from '../groups/known-groups.ts'
import { atTime } from '../instances/transitions.ts'
import { adjusted, stepOf } from './adjusted-capacity.ts'
import type { ScalingPolicy } from './scaling-policy.ts'
import { trackedCapacity } from './tracked-capacity.ts'

/** What an alarm tells a policy. */
export interface Notice {
  alarmName: string
  state: string
  value: number
  threshold: number
}

/** Has the scaling policy with this ARN do what it does; an ARN that is no policy's does nothing. */
export function runPolicy(arn: string, notice: Notice, scope: Scope): void {
  for (const group of Object.values(scope.state.autoscaling.groups)) {
    const policy = Object.values(group.policies).find((each) => each.arn === arn)
    if (policy) run(group, policy, notice, scope)
  }
}

function run(
  group: Group,
  policy: ScalingPolicy,
  { alarmName, state, ...metric }: Notice,
  scope: Scope,
): void {
  const isOff = Object.hasOwn(group.suspended, 'AlarmNotification') || policy.settings.Enabled === false
  if (isOff || group.deletion) return
  const wanted = capacityBy(group, policy, metric, scope)
  if (wanted === undefined) return
  const before = group.desiredCapacity
  const capacity = Math.max(group.minSize, Math.min(group.maxSize, wanted))
  if (capacity === before) return
  group.desiredCapacity = capacity
  const change = `a monitor alarm ${alarmName} in state ${state} triggered policy ${policy.name} changing the desired capacity from ${String(before)} to ${String(capacity)}.`
  group.causes.push(atTime(scope, change))
  wake(group, scope)
}

type Metric = Pick<Notice, 'value' | 'threshold'>

function capacityBy(
  group: Group,
  { settings }: ScalingPolicy,
  metric: Metric,
  scope: Scope,
): number | undefined {
  const { desiredCapacity: desired } = group
  switch (settings.PolicyType) {
    case 'SimpleScaling': {
      // User Guide, "Scaling cooldowns": for simple scaling alone, and while an activity is in progress too.
      if (blockingActivity(group, scope, settings.Cooldown ?? group.defaultCooldown)) return undefined
      return adjusted(desired, settings.ScalingAdjustment ?? 0, settings)
    }
    case 'StepScaling': {
      const adjustment = stepOf(settings.StepAdjustments ?? [], metric.value - metric.threshold)
      if (adjustment === undefined) return undefined
      const warming = warmingUp(group, settings.EstimatedInstanceWarmup, scope)
      return unlessWarming(adjusted(desired - warming, adjustment, settings), desired, warming)
    }
    case 'TargetTrackingScaling': {
      const warming = warmingUp(group, settings.EstimatedInstanceWarmup, scope)
      const wanted = trackedCapacity(desired, warming, metric.value, settings)
      return wanted === undefined ? undefined : unlessWarming(wanted, desired, warming)
    }
    default:
      return undefined
  }
}

/**
 * User Guide, "Set the default instance warmup": instances that warm up are no part of the capacity that a policy adds to, so that
 * one alarm does not add twice; and while some do, nothing is scaled in.
 */
function unlessWarming(wanted: number, desired: number, warming: number): number | undefined {
  return warming > 0 && wanted <= desired ? undefined : wanted
}

function warmingUp(group: Group, seconds: number | undefined, { now }: Scope): number {
  const warmup = (seconds ?? group.settings.DefaultInstanceWarmup ?? group.defaultCooldown) * 1000
  const warm = activeInstances(group).filter(
    ({ inServiceAt }) => inServiceAt !== undefined && inServiceAt + warmup <= now,
  )
  return Math.max(0, group.desiredCapacity - warm.length)
}
