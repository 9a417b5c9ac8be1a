import type { CreateAutoScalingGroupType } from '@aws-sdk/client-auto-scaling'

import type { ScalingActivity } from '../activities/scaling-activity.ts'
import type { GroupInstance } from '../instances/group-instance.ts'
import type { LifecycleHook } from '../lifecycle-hooks/lifecycle-hook.ts'
import type { ScalingPolicy } from '../policies/scaling-policy.ts'
import type { ScheduledAction } from '../scheduled-actions/scheduled-action.ts'
import type { GroupTargetGroup } from '../target-groups/group-target-group.ts'
import type { GroupLaunchTemplate } from './group-launch-template.ts'

/** An Auto Scaling group. Times are milliseconds since 1970. */
export interface Group {
  name: string
  arn: string
  createdAt: number
  minSize: number
  maxSize: number
  desiredCapacity: number
  launchTemplate: GroupLaunchTemplate
  /** As they were given; without any, the default subnets of the zones. */
  subnetIds: string[]
  zones: string[]
  loadBalancerNames: string[]
  /** By their ARNs. */
  targetGroups: Record<string, GroupTargetGroup>
  healthCheckType: string
  /** In seconds. */
  healthCheckGracePeriod: number
  defaultCooldown: number
  terminationPolicies: string[]
  /** Whether its new instances are protected from scale-in. */
  protectsNewInstances: boolean
  /** Kept and shown; the sandbox does not act on them. */
  settings: GroupSettings
  /** Why each process is suspended, by its name. */
  suspended: Record<string, string>
  /** By their keys. */
  tags: Record<string, GroupTag>
  lifecycleHooks: Record<string, LifecycleHook>
  policies: Record<string, ScalingPolicy>
  scheduledActions: Record<string, ScheduledAction>
  /** What is announced to each topic, by its ARN; kept and shown. */
  notifications?: Record<string, string[]>
  instances: Record<string, GroupInstance>
  /** The oldest first. */
  activities: ScalingActivity[]
  activitiesMade: number
  launchesTried: number
  /** Launches that were refused since the last one that was not. */
  refusals: number
  /** When it compares its capacity with the desired one; not at all where nothing has changed. */
  actsAt?: number
  /** What it was told to do since it last acted, for the causes of its activities. */
  causes: string[]
  deletion?: { goneAt: number }
}

export interface GroupTag {
  value: string
  propagates: boolean
}

export type GroupSettings = Pick<
  CreateAutoScalingGroupType,
  | 'PlacementGroup'
  | 'ServiceLinkedRoleARN'
  | 'MaxInstanceLifetime'
  | 'CapacityRebalance'
  | 'Context'
  | 'DesiredCapacityType'
  | 'DefaultInstanceWarmup'
  | 'InstanceMaintenancePolicy'
  | 'AvailabilityZoneDistribution'
  | 'AvailabilityZoneImpairmentPolicy'
  | 'DeletionProtection'
>
