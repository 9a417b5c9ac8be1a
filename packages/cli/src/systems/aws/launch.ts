import { createHash } from 'node:crypto'

import type {
  BlockDeviceMapping,
  EbsBlockDevice,
  RunInstancesRequest,
  _InstanceType,
} from '@aws-sdk/client-ec2'
import type { BlockDevice } from '@package/core/groups/node-group'
import type { Launch } from '@package/core/ports/cloud/instances'

import { tagList } from './tags.ts'

/** What RunInstances takes for a launch: all or none of the instances, in one subnet, tagged from their first moment. */
export function toRunInstances(launch: Launch): RunInstancesRequest {
  const { count, metadataOptions, tags, iamInstanceProfile, userData } = launch
  const {
    http_tokens: tokens = 'required',
    http_put_response_hop_limit: hops,
    instance_metadata_tags,
  } = metadataOptions
  return {
    ClientToken: clientTokenOf(launch.clientToken),
    MinCount: count,
    MaxCount: count,
    ImageId: launch.imageId,
    InstanceType: launch.instanceType as _InstanceType,
    KeyName: launch.keyName,
    SubnetId: launch.subnetId,
    SecurityGroupIds: launch.securityGroupIds,
    BlockDeviceMappings: launch.blockDevices.map(toMapping),
    DisableApiTermination: launch.hasTerminationProtection,
    MetadataOptions: {
      HttpEndpoint: 'enabled',
      HttpTokens: tokens,
      ...(hops !== undefined && { HttpPutResponseHopLimit: hops }),
      ...(instance_metadata_tags === true && { InstanceMetadataTags: 'enabled' }),
    },
    ...(iamInstanceProfile !== undefined && { IamInstanceProfile: profile(iamInstanceProfile) }),
    ...(userData !== undefined && {
      UserData: btoa(String.fromCharCode(...new TextEncoder().encode(userData))),
    }),
    TagSpecifications: [
      { ResourceType: 'instance', Tags: tagList(tags) },
      { ResourceType: 'volume', Tags: tagList(tags) },
    ],
  }
}

/** At most 64 ASCII characters (EC2 API Reference, RunInstances). */
function clientTokenOf(meaning: string): string {
  return createHash('sha256').update(meaning).digest('hex')
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
