import type { ScalingPolicy } from './scaling-policy.ts'

/** Of the target: below it, a policy scales in. AWS publishes no number; this is what its alarms show. */
export const lowShare = 0.9

/**
 * How many instances bring a metric to its target, which falls as they grow in number. It scales out to them at once, and in by one
 * at a time (User Guide, "Target tracking scaling policies": "scales out as fast as it can, but scales in more gradually").
 */
export function trackedCapacity(
  desired: number,
  warming: number,
  value: number,
  { TargetTrackingConfiguration: tracking }: ScalingPolicy['settings'],
): number | undefined {
  const target = tracking?.TargetValue
  if (target === undefined || target <= 0) return undefined
  if (value > target) return Math.max(desired, Math.ceil(((desired - warming) * value) / target))
  if (tracking?.DisableScaleIn === true || value >= target * lowShare) return undefined
  return Math.max(desired - 1, Math.ceil((desired * value) / target))
}
