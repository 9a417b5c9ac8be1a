import type { JsonObject } from '../../groups/json.ts'
import type { Tags } from './tags.ts'

/** An autoscale group. Times are in seconds. */
export interface ScalingGroup extends ScalingGroupSizes, ScalingGroupTimings {
  name: string
  /** Names are used again: this is of one group alone. */
  arn: string
  /** The launch templates that it launches from, more than one with a mixed instances policy; as a number, or `$Latest`, `$Default`. */
  templates: { id: string; version: string }[]
  subnetIds: string[]
  targetGroupArns: string[]
  /** The processes that are suspended. */
  suspended: string[]
  isBeingDeleted: boolean
  tags: Tags
  instances: GroupInstance[]
}

export interface ScalingGroupSizes {
  min: number
  max: number
  desired: number
}

export interface ScalingGroupTimings {
  healthCheck: 'EC2' | 'ELB'
  gracePeriod: number
  cooldown: number
}

export interface GroupInstance {
  id: string
  zone: string
  /** As AWS has it, such as `Pending:Wait`, `InService`, `Standby`, `Terminating`. */
  lifecycle: string
  isHealthy: boolean
  isProtected: boolean
  /** The version of the launch template that it came from; missing where it was attached by hand. */
  templateVersion?: string
}

export interface NewScalingGroup extends ScalingGroupSizes, ScalingGroupTimings {
  name: string
  template: { id: string; version: number }
  subnetIds: readonly string[]
  targetGroupArns: readonly string[]
  hooks: readonly GroupSetting[]
  tags: Tags
  /** The tags that its instances get too. */
  instanceTags: Tags
}

/** Something that the group did or tried, the newest first. */
export interface ScalingActivity {
  /** `Successful`, `Failed`, `InProgress` and others of AWS. */
  status: string
  description: string
  /** Why it failed; empty otherwise. */
  message: string
  /** Milliseconds since 1970. */
  startedAt: number
}

/**
 * What a group does by itself beside keeping its size. The definition is in AWS's own members, without the names of group and setting,
 * and without what is AWS's to say (ARNs, dates): so it can be compared, and put on another group as it is.
 * A step policy's definition has its alarms in `Alarms`, as PutMetricAlarm takes them, without actions.
 */
export interface GroupSetting {
  kind: 'policy' | 'schedule' | 'hook' | 'notification'
  name: string
  definition: JsonObject
}

export interface ScalingGroups {
  /** Every one of the region, without instances. */
  scalingGroups(): Promise<ScalingGroup[]>
  /** Those that carry all the tags. */
  scalingGroupsTagged(tags: Tags): Promise<ScalingGroup[]>
  /** Throws PackageError (conflict, SCALING_GROUP_EXISTS). */
  createScalingGroup(group: NewScalingGroup): Promise<void>
  updateScalingGroup(
    name: string,
    change: Partial<ScalingGroupSizes & ScalingGroupTimings & { subnetIds: readonly string[] }>,
  ): Promise<void>
  /** Without force. Throws PackageError (conflict, SCALING_GROUP_BUSY) while it has instances or activities. Done also when it is gone. */
  deleteScalingGroup(name: string): Promise<void>
  /** Not of its instances. */
  tagScalingGroup(name: string, tags: Tags): Promise<void>
  untagScalingGroup(name: string, keys: readonly string[]): Promise<void>
  suspendProcesses(name: string, processes: readonly string[]): Promise<void>
  resumeProcesses(name: string, processes: readonly string[]): Promise<void>
  /** The newest hundred, first. */
  scalingActivities(name: string): Promise<ScalingActivity[]>
  groupSettings(name: string): Promise<GroupSetting[]>
  /** Makes it, or changes it to this. */
  putGroupSetting(groupName: string, setting: GroupSetting): Promise<void>
  /** Done also when it is gone. */
  removeGroupSetting(groupName: string, setting: GroupSetting): Promise<void>
  /** Lets an instance go into service that waits for that launch hook. Done also where it does not wait any more. */
  completeLaunch(groupName: string, hookName: string, instanceId: string): Promise<void>
  attachTargetGroups(name: string, arns: readonly string[]): Promise<void>
  detachTargetGroups(name: string, arns: readonly string[]): Promise<void>
  /** The target groups of a group that are attached, or whose targets drain still. */
  attachedTargetGroups(name: string): Promise<{ arn: string; isRemoving: boolean }[]>
}
