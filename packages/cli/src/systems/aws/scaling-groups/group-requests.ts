import type {
  CreateAutoScalingGroupType,
  LifecycleHookSpecification,
  Tag,
  UpdateAutoScalingGroupType,
} from '@aws-sdk/client-auto-scaling'
import type {
  NewScalingGroup,
  ScalingGroupSizes,
  ScalingGroupTimings,
} from '@package/core/ports/cloud/scaling-groups'
import type { Tags } from '@package/core/ports/cloud/tags'

type Settings = ScalingGroupSizes & ScalingGroupTimings & { subnetIds: readonly string[] }

export function newGroup(group: NewScalingGroup): CreateAutoScalingGroupType {
  const { id, version } = group.template
  return {
    AutoScalingGroupName: group.name,
    ...settings(group),
    MinSize: group.min,
    MaxSize: group.max,
    LaunchTemplate: { LaunchTemplateId: id, Version: String(version) },
    TargetGroupARNs: [...group.targetGroupArns],
    NewInstancesProtectedFromScaleIn: false,
    LifecycleHookSpecificationList: group.hooks.map(({ name, definition }) => ({
      // As groupSettings gives it: in AWS's own members.
      ...(definition as unknown as LifecycleHookSpecification),
      LifecycleHookName: name,
    })),
    Tags: groupTags(group.name, group.tags, group.instanceTags),
  }
}

export function changedGroup(name: string, change: Partial<Settings>): UpdateAutoScalingGroupType {
  return { AutoScalingGroupName: name, ...settings(change) }
}

function settings(given: Partial<Settings>): Omit<UpdateAutoScalingGroupType, 'AutoScalingGroupName'> {
  const { min, max, desired, healthCheck, gracePeriod, cooldown, subnetIds } = given
  return {
    ...(min !== undefined && { MinSize: min }),
    ...(max !== undefined && { MaxSize: max }),
    ...(desired !== undefined && { DesiredCapacity: desired }),
    ...(healthCheck !== undefined && { HealthCheckType: healthCheck }),
    // A new instance counts in metrics and as warm when its health does (User Guide, "Set the default instance warmup").
    ...(gracePeriod !== undefined && {
      HealthCheckGracePeriod: gracePeriod,
      DefaultInstanceWarmup: gracePeriod,
    }),
    ...(cooldown !== undefined && { DefaultCooldown: cooldown }),
    ...(subnetIds !== undefined && { VPCZoneIdentifier: subnetIds.join(',') }),
  }
}

/** Only those of the instances go on to these. */
export function groupTags(name: string, tags: Tags, instanceTags: Tags): Tag[] {
  return Object.entries({ ...tags, ...instanceTags }).map(([Key, Value]) => ({
    ResourceId: name,
    ResourceType: 'auto-scaling-group',
    Key,
    Value,
    PropagateAtLaunch: Object.hasOwn(instanceTags, Key),
  }))
}
