import type {
  AutoScalingGroup,
  AutoScalingInstanceDetails,
  Instance as ShownInstance,
  LaunchTemplateSpecification,
} from '@aws-sdk/client-auto-scaling'

import type { Scope } from '../../operation.ts'
import { zoneIdOf } from '../../ec2/zones/regions.ts'
import type { GroupInstance } from '../instances/group-instance.ts'
import { shownTags } from '../tags/group-tags.ts'
import { attachedTargetGroups } from '../target-groups/attach.ts'
import type { GroupLaunchTemplate } from './group-launch-template.ts'
import type { Group } from './group.ts'

export function shownGroup(group: Group, scope: Scope): AutoScalingGroup {
  const targetGroupArns = attachedTargetGroups(group).map(({ arn }) => arn)
  return {
    AutoScalingGroupName: group.name,
    AutoScalingGroupARN: group.arn,
    LaunchTemplate: shownTemplate(group.launchTemplate),
    MinSize: group.minSize,
    MaxSize: group.maxSize,
    DesiredCapacity: group.desiredCapacity,
    DefaultCooldown: group.defaultCooldown,
    AvailabilityZones: group.zones,
    AvailabilityZoneIds: group.zones.map(zoneIdOf),
    LoadBalancerNames: group.loadBalancerNames,
    TargetGroupARNs: targetGroupArns,
    TrafficSources: targetGroupArns.map((Identifier) => ({ Identifier, Type: 'elbv2' })),
    HealthCheckType: group.healthCheckType,
    HealthCheckGracePeriod: group.healthCheckGracePeriod,
    Instances: Object.values(group.instances).map(shownInstance),
    CreatedTime: new Date(group.createdAt),
    SuspendedProcesses: Object.entries(group.suspended).map(([ProcessName, SuspensionReason]) => ({
      ProcessName,
      SuspensionReason,
    })),
    VPCZoneIdentifier: group.subnetIds.join(','),
    EnabledMetrics: [],
    ...(group.deletion && { Status: 'Delete in progress' }),
    Tags: shownTags(group),
    TerminationPolicies: group.terminationPolicies,
    NewInstancesProtectedFromScaleIn: group.protectsNewInstances,
    CapacityRebalance: false,
    ServiceLinkedRoleARN: usualRole(scope),
    ...group.settings,
  }
}

/** User Guide, "Service-linked roles": the one that is made with an account's first group. */
function usualRole({ accountId }: Scope): string {
  return `arn:aws:iam::${accountId}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`
}

function shownInstance(instance: GroupInstance): ShownInstance {
  return {
    InstanceId: instance.instanceId,
    InstanceType: instance.instanceType,
    AvailabilityZone: instance.zone,
    AvailabilityZoneId: zoneIdOf(instance.zone),
    LifecycleState: instance.state,
    HealthStatus: instance.health,
    LaunchTemplate: shownTemplate(instance.launchTemplate),
    ImageId: instance.imageId,
    ProtectedFromScaleIn: instance.isProtected,
  }
}

/** The same by itself, with its group's name. */
export function shownDetails(group: Group, instance: GroupInstance): AutoScalingInstanceDetails {
  return {
    ...shownInstance(instance),
    LifecycleState: instance.state,
    HealthStatus: instance.health,
    AutoScalingGroupName: group.name,
  }
}

function shownTemplate({ id, name, version }: GroupLaunchTemplate): LaunchTemplateSpecification {
  return { LaunchTemplateId: id, LaunchTemplateName: name, Version: version }
}
