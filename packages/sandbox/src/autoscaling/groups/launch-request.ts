import type { LaunchTemplateSpecification } from '@aws-sdk/client-auto-scaling'
import type { RunInstancesRequest } from '@aws-sdk/client-ec2'

import { AwsError } from '../../aws-error.ts'
import { checkLaunch } from '../../ec2/instances/run-instances.ts'
import { namedVersion, withLaunchTemplate } from '../../ec2/launch-templates/launch-from-template.ts'
import type { Scope } from '../../operation.ts'
import { validationError } from '../validation-error.ts'
import { subnetsOf, type GroupSubnet } from './group-subnets.ts'
import type { GroupLaunchTemplate } from './group-launch-template.ts'
import type { Group } from './group.ts'

type Launching = Pick<Group, 'launchTemplate' | 'tags' | 'subnetIds' | 'zones'>

/** What the group asks of EC2 for one instance. Throws AwsError when its launch template or the version is gone. */
export function launchRequest(
  { launchTemplate, tags }: Pick<Launching, 'launchTemplate' | 'tags'>,
  { subnetId }: GroupSubnet,
  scope: Scope,
): RunInstancesRequest {
  const named = { LaunchTemplateId: launchTemplate.id, Version: launchTemplate.version }
  const { data } = namedVersion(scope, named).version
  const ofTemplate =
    data.TagSpecifications?.find(({ ResourceType }) => ResourceType === 'instance')?.Tags ?? []
  const merged = new Map(ofTemplate.map(({ Key = '', Value = '' }) => [Key, Value]))
  for (const [key, { value, propagates }] of Object.entries(tags)) {
    if (propagates) merged.set(key, value)
  }
  const [first, ...others] = data.NetworkInterfaces ?? []
  return {
    LaunchTemplate: named,
    MinCount: 1,
    MaxCount: 1,
    ...(first
      ? { NetworkInterfaces: [{ ...first, SubnetId: subnetId }, ...others] }
      : { SubnetId: subnetId }),
    ...(merged.size > 0 && {
      TagSpecifications: [
        { ResourceType: 'instance', Tags: [...merged].map(([Key, Value]) => ({ Key, Value })) },
      ],
    }),
  }
}

/** The launch template that a group is given. Throws AwsError where it or its version does not exist. */
export function givenLaunchTemplate(
  given: LaunchTemplateSpecification | undefined,
  scope: Scope,
): GroupLaunchTemplate {
  if (given === undefined) {
    throw validationError(
      'Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.',
    )
  }
  if ((given.LaunchTemplateId === undefined) === (given.LaunchTemplateName === undefined)) {
    throw validationError('Valid requests must contain either launchTemplateId or LaunchTemplateName')
  }
  try {
    const { template } = namedVersion(scope, given)
    return { id: template.launchTemplateId, name: template.name, version: given.Version ?? '$Default' }
  } catch (error) {
    throw error instanceof AwsError ? validationError(error.message) : error
  }
}

/** Throws AwsError when nothing could be launched for the group as it stands. */
export function checkLaunchable(group: Launching, scope: Scope): void {
  try {
    const [subnet] = subnetsOf(group, scope)
    if (subnet) checkLaunch(withLaunchTemplate(launchRequest(group, subnet, scope), scope), scope)
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    throw validationError(`You must use a valid fully-formed launch template. ${error.message}`)
  }
}
