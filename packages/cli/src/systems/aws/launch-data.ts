import type {
  BlockDeviceMapping,
  EbsBlockDevice,
  RequestLaunchTemplateData,
  RunInstancesRequest,
  _InstanceType,
} from '@aws-sdk/client-ec2'
import type { BlockDevice } from '@package/core/groups/node-group'
import type { LaunchSpecification } from '@package/core/ports/cloud/launch-templates'

import { tagList } from './tags.ts'

type LaunchData = Pick<
  RunInstancesRequest & RequestLaunchTemplateData,
  | 'ImageId'
  | 'InstanceType'
  | 'KeyName'
  | 'SecurityGroupIds'
  | 'BlockDeviceMappings'
  | 'MetadataOptions'
  | 'IamInstanceProfile'
  | 'UserData'
  | 'TagSpecifications'
>

type Specification = Omit<LaunchSpecification, 'userData'> & { userData?: string }

/** What RunInstances and launch templates have in common. */
export function launchData(specification: Specification): LaunchData {
  const { metadataOptions, tags, keyName, iamInstanceProfile, userData } = specification
  const {
    http_tokens: tokens = 'required',
    http_put_response_hop_limit: hops,
    instance_metadata_tags,
  } = metadataOptions
  return {
    ImageId: specification.imageId,
    InstanceType: specification.instanceType as _InstanceType,
    ...(keyName !== undefined && { KeyName: keyName }),
    SecurityGroupIds: specification.securityGroupIds,
    BlockDeviceMappings: specification.blockDevices.map(toMapping),
    MetadataOptions: {
      HttpEndpoint: 'enabled',
      HttpTokens: tokens,
      ...(hops !== undefined && { HttpPutResponseHopLimit: hops }),
      ...(instance_metadata_tags === true && { InstanceMetadataTags: 'enabled' }),
    },
    ...(iamInstanceProfile !== undefined && { IamInstanceProfile: profile(iamInstanceProfile) }),
    ...(userData !== undefined && {
      UserData: Buffer.from(userData).toString('base64'),
    }),
    TagSpecifications: [
      { ResourceType: 'instance', Tags: tagList(tags) },
      { ResourceType: 'volume', Tags: tagList(tags) },
    ],
  }
}

function profile(nameOrArn: string): { Arn: string } | { Name: string } {
  return nameOrArn.startsWith('arn:') ? { Arn: nameOrArn } : { Name: nameOrArn }
}

function toMapping({
  device,
  size_gib,
  type,
  iops,
  throughput,
  encrypted,
  snapshot,
  ...rest
}: BlockDevice): BlockDeviceMapping {
  const ebs: EbsBlockDevice = {
    ...(size_gib !== undefined && { VolumeSize: size_gib }),
    ...(type !== undefined && { VolumeType: type }),
    ...(iops !== undefined && { Iops: iops }),
    ...(throughput !== undefined && { Throughput: throughput }),
    ...(encrypted !== undefined && { Encrypted: encrypted }),
    ...(snapshot !== undefined && { SnapshotId: snapshot }),
    DeleteOnTermination: rest.delete_on_termination ?? true,
  }
  return { DeviceName: device, Ebs: ebs }
}
