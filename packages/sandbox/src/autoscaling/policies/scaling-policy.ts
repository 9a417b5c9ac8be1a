import type { Alarm, PutScalingPolicyType } from '@aws-sdk/client-auto-scaling'

export interface ScalingPolicy {
  name: string
  arn: string
  /** Those that were made for it, which go with it. */
  alarms: Alarm[]
  settings: Omit<PutScalingPolicyType, 'AutoScalingGroupName' | 'PolicyName'>
}
