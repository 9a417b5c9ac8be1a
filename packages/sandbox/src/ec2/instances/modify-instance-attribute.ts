import type {
  InstanceBlockDeviceMappingSpecification,
  ModifyInstanceAttributeRequest,
  ModifyInstanceMetadataOptionsRequest,
  ModifyInstanceMetadataOptionsResult,
} from '@aws-sdk/client-ec2'

import { AwsError, invalidParameterValue } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { launchSecurityGroups } from '../security-groups/launch-security-groups.ts'
import { attachedVolumes } from '../volumes/launch-volumes.ts'
import { instanceTypes } from '../zones/instance-types.ts'
import { shownMetadataOptions } from './instance-answer.ts'
import type { Instance } from './instance.ts'
import { stateOf } from './instance-states.ts'
import { instanceOf } from './known-instances.ts'
import { giveUserData } from './user-data.ts'

/** The older form of the request names the attribute and gives its value as text (EC2 API Reference, ModifyInstanceAttribute). */
const namedAttributes: Readonly<Record<string, (value: string) => Partial<ModifyInstanceAttributeRequest>>> =
  {
    instanceType: (Value) => ({ InstanceType: { Value } }),
    userData: (value) => ({ UserData: { Value: Buffer.from(value, 'base64') } }),
    instanceInitiatedShutdownBehavior: (Value) => ({ InstanceInitiatedShutdownBehavior: { Value } }),
    disableApiTermination: (value) => ({ DisableApiTermination: { Value: value === 'true' } }),
    disableApiStop: (value) => ({ DisableApiStop: { Value: value === 'true' } }),
    ebsOptimized: (value) => ({ EbsOptimized: { Value: value === 'true' } }),
    sourceDestCheck: (value) => ({ SourceDestCheck: { Value: value === 'true' } }),
  }

/** ENA and SR-IOV may be asked for: every image and instance here supports both. */
export function modifyInstanceAttribute(input: ModifyInstanceAttributeRequest, scope: Scope): undefined {
  const instance = instanceOf(scope, input.InstanceId)
  const changes = { ...input, ...namedChange(input) }
  changeWhileStopped(instance, changes, scope)
  const { securityGroupIds, isTerminationProtected, isStopProtected, sourceDestCheck } = instance
  instance.isTerminationProtected = changes.DisableApiTermination?.Value ?? isTerminationProtected
  instance.isStopProtected = changes.DisableApiStop?.Value ?? isStopProtected
  instance.sourceDestCheck = changes.SourceDestCheck?.Value ?? sourceDestCheck
  const behavior = changes.InstanceInitiatedShutdownBehavior?.Value
  if (behavior !== undefined) instance.shutdownBehavior = shutdownBehaviorOf(behavior)
  instance.securityGroupIds =
    changes.Groups === undefined
      ? securityGroupIds
      : launchSecurityGroups(scope, { ids: changes.Groups, vpcId: instance.vpcId })
  for (const mapping of changes.BlockDeviceMappings ?? []) changeVolume(instance, mapping, scope)
}

function namedChange({
  Attribute: name,
  Value: value,
}: ModifyInstanceAttributeRequest): Partial<ModifyInstanceAttributeRequest> {
  if (name === undefined || value === undefined) return {}
  const change = Object.hasOwn(namedAttributes, name) ? namedAttributes[name] : undefined
  if (!change) throw invalidParameterValue(`Value (${name}) for parameter attribute is invalid.`)
  return change(value)
}

function changeWhileStopped(
  instance: Instance,
  { InstanceType, UserData, EbsOptimized }: Partial<ModifyInstanceAttributeRequest>,
  scope: Scope,
): void {
  if (InstanceType === undefined && UserData === undefined && EbsOptimized === undefined) return
  if (stateOf(instance, scope.now) !== 'stopped') {
    throw new AwsError(
      'IncorrectInstanceState',
      `The instance '${instance.instanceId}' is not in the 'stopped' state.`,
    )
  }
  const type = InstanceType?.Value
  if (type !== undefined) {
    if (!instanceTypes.has(type)) throw invalidParameterValue(`Invalid value '${type}' for InstanceType.`)
    instance.instanceType = type
  }
  if (UserData?.Value !== undefined) {
    giveUserData(scope.state.ec2, instance, Buffer.from(UserData.Value).toString('base64'))
  }
  instance.ebsOptimized = EbsOptimized?.Value ?? instance.ebsOptimized
}

function shutdownBehaviorOf(value: string): Instance['shutdownBehavior'] {
  if (value === 'stop' || value === 'terminate') return value
  throw invalidParameterValue(
    `Value (${value}) for parameter instanceInitiatedShutdownBehavior is invalid. Valid values: stop, terminate.`,
  )
}

function changeVolume(
  { instanceId }: Instance,
  { DeviceName: device = '', Ebs }: InstanceBlockDeviceMappingSpecification,
  scope: Scope,
): void {
  const volume = attachedVolumes(scope.state.ec2, instanceId).find(
    ({ attachment }) => attachment?.device === device,
  )
  if (!volume?.attachment) {
    throw new AwsError('InvalidInstanceAttributeValue', `No device is currently mapped at ${device}`)
  }
  const { attachment } = volume
  attachment.deleteOnTermination = Ebs?.DeleteOnTermination ?? attachment.deleteOnTermination
}

export function modifyInstanceMetadataOptions(
  input: ModifyInstanceMetadataOptionsRequest,
  scope: Scope,
): ModifyInstanceMetadataOptionsResult {
  const instance = instanceOf(scope, input.InstanceId)
  const { httpTokens, httpPutResponseHopLimit, httpEndpoint, instanceMetadataTags } = instance.metadataOptions
  instance.metadataOptions = {
    httpTokens: input.HttpTokens ?? httpTokens,
    httpPutResponseHopLimit: input.HttpPutResponseHopLimit ?? httpPutResponseHopLimit,
    httpEndpoint: input.HttpEndpoint ?? httpEndpoint,
    instanceMetadataTags: input.InstanceMetadataTags ?? instanceMetadataTags,
  }
  return {
    InstanceId: instance.instanceId,
    InstanceMetadataOptions: shownMetadataOptions(instance, 'pending'),
  }
}
