import type { AutoScalingGroup, Instance, LaunchTemplateSpecification } from '@aws-sdk/client-auto-scaling'
import type { GroupInstance, ScalingGroup } from '@package/core/ports/cloud/scaling-groups'

import { toTags } from '../tags.ts'

export function toGroup(group: AutoScalingGroup): ScalingGroup {
  return {
    name: group.AutoScalingGroupName ?? '',
    arn: group.AutoScalingGroupARN ?? '',
    min: group.MinSize ?? 0,
    max: group.MaxSize ?? 0,
    desired: group.DesiredCapacity ?? 0,
    healthCheck: (group.HealthCheckType ?? '').split(',').includes('ELB') ? 'ELB' : 'EC2',
    gracePeriod: group.HealthCheckGracePeriod ?? 0,
    cooldown: group.DefaultCooldown ?? 0,
    templates: specificationsOf(group).flatMap(toTemplate),
    subnetIds: (group.VPCZoneIdentifier ?? '').split(',').filter((id) => id !== ''),
    targetGroupArns: group.TargetGroupARNs ?? [],
    suspended: (group.SuspendedProcesses ?? []).map(({ ProcessName = '' }) => ProcessName),
    // API Reference, AutoScalingGroup: a status only while DeleteAutoScalingGroup is in progress.
    isBeingDeleted: group.Status !== undefined,
    tags: toTags(group.Tags),
    instances: (group.Instances ?? []).map(toInstance),
  }
}

function specificationsOf({ LaunchTemplate, MixedInstancesPolicy }: AutoScalingGroup) {
  const mixed = MixedInstancesPolicy?.LaunchTemplate
  return [
    LaunchTemplate,
    mixed?.LaunchTemplateSpecification,
    ...(mixed?.Overrides ?? []).map(({ LaunchTemplateSpecification: own }) => own),
  ]
}

function toTemplate(specification: LaunchTemplateSpecification | undefined) {
  const { LaunchTemplateId: id, Version: version = '$Default' } = specification ?? {}
  return id === undefined ? [] : [{ id, version }]
}

function toInstance(instance: Instance): GroupInstance {
  const version = instance.LaunchTemplate?.Version
  return {
    id: instance.InstanceId ?? '',
    zone: instance.AvailabilityZone ?? '',
    lifecycle: instance.LifecycleState ?? '',
    isHealthy: instance.HealthStatus?.toLowerCase() === 'healthy',
    isProtected: instance.ProtectedFromScaleIn === true,
    ...(version !== undefined && { templateVersion: version }),
  }
}
