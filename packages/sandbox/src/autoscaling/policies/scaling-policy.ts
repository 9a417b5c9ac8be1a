import type { Alarm, PutScalingPolicyType } from '@aws-sdk/client-auto-scaling'

/** Kept and shown as it was put; the sandbox has no metrics that it could act on. */
export interface ScalingPolicy {
  name: string
  arn: string
  alarms: Alarm[]
  settings: Omit<PutScalingPolicyType, 'AutoScalingGroupName' | 'PolicyName'>
}
