import type { StepAdjustment } from '@aws-sdk/client-auto-scaling'

import type { ScalingPolicy } from './scaling-policy.ts'

type Settings = ScalingPolicy['settings']

/** The adjustment of the step that a metric so far from the threshold falls into; undefined in none. */
export function stepOf(steps: readonly StepAdjustment[], difference: number): number | undefined {
  const found = steps.find(({ MetricIntervalLowerBound, MetricIntervalUpperBound }) => {
    const lower = MetricIntervalLowerBound ?? -Infinity
    const upper = MetricIntervalUpperBound ?? Infinity
    // User Guide, "Step and simple scaling policies": the bound that is nearer to the threshold belongs to the step.
    const isAbove = lower <= difference && (difference < upper || (difference === 0 && upper === 0))
    const isBelow = lower < difference && difference <= upper
    return difference >= 0 ? isAbove : isBelow
  })
  return found?.ScalingAdjustment
}

/** The capacity that a policy makes of this one (the same page, "Scaling adjustment types"). */
export function adjusted(capacity: number, adjustment: number, settings: Settings): number {
  if (settings.AdjustmentType === 'ExactCapacity') return adjustment
  if (settings.AdjustmentType === 'ChangeInCapacity') return capacity + adjustment
  const exact = (capacity * adjustment) / 100
  const least = settings.MinAdjustmentMagnitude ?? settings.MinAdjustmentStep ?? 1
  const change = Math.max(Math.floor(Math.abs(exact)), exact === 0 ? 0 : least)
  return capacity + Math.sign(exact) * change
}
