import type { LaunchTemplateSpecification, RunInstancesRequest, TagSpecification } from '@aws-sdk/client-ec2'

import type { Scope } from '../../operation.ts'
import { tagByAws } from '../tags/tags.ts'
import { launchTemplateOf, versionOf } from './known-launch-templates.ts'
import type { LaunchTemplate, LaunchTemplateVersion } from './launch-template.ts'

/** The version of a launch template that a launch names; without a version, the default one. Throws AwsError. */
export function namedVersion(
  scope: Scope,
  named: LaunchTemplateSpecification,
): { template: LaunchTemplate; version: LaunchTemplateVersion } {
  const template = launchTemplateOf(scope, named)
  const { Version: wanted = '$Default' } = named
  return { template, version: versionOf(template, wanted === '' ? '$Default' : wanted) }
}

/**
 * The request with what its launch template adds to it: each parameter of its own is the stronger one, tags by the type of the
 * resource (EC2 API Reference, RunInstances: LaunchTemplate).
 */
export function withLaunchTemplate(input: RunInstancesRequest, scope: Scope): RunInstancesRequest {
  if (input.LaunchTemplate === undefined) return input
  const { data } = namedVersion(scope, input.LaunchTemplate).version
  const { TagSpecifications: tags = [], SecurityGroups, SecurityGroupIds, RamDiskId, ...others } = data
  const hasOwnGroups = input.SecurityGroups !== undefined || input.SecurityGroupIds !== undefined
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
  return {
    ...(others as Partial<RunInstancesRequest>),
    ...(RamDiskId !== undefined && { RamdiskId: RamDiskId }),
    ...(!hasOwnGroups && SecurityGroups && { SecurityGroups }),
    ...(!hasOwnGroups && SecurityGroupIds && { SecurityGroupIds }),
    ...(given as unknown as RunInstancesRequest),
    TagSpecifications: mergedTags(tags, input.TagSpecifications ?? []),
  }
}

function mergedTags(
  ofTemplate: readonly TagSpecification[],
  own: readonly TagSpecification[],
): TagSpecification[] {
  const taken = new Set(own.map(({ ResourceType }) => ResourceType))
  return [...own, ...ofTemplate.filter(({ ResourceType }) => !taken.has(ResourceType))]
}

/** EC2 User Guide, "Launch instances from a launch template": the tags that AWS itself puts on such an instance. */
export function tagWithTemplate(
  scope: Scope,
  instanceId: string,
  named: LaunchTemplateSpecification | undefined,
): void {
  if (named === undefined) return
  const { template, version } = namedVersion(scope, named)
  tagByAws(scope, instanceId, {
    'aws:ec2launchtemplate:id': template.launchTemplateId,
    'aws:ec2launchtemplate:version': String(version.number),
  })
}
