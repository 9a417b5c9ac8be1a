import type {
  ArchitectureValues,
  Instance as ShownInstance,
  InstanceBlockDeviceMapping,
  InstanceMetadataOptionsResponse,
  _InstanceType,
} from '@aws-sdk/client-ec2'

import { tagList } from '../tags/tags.ts'
import { privateDnsName, publicDnsName } from './dns-names.ts'
import type { Instance } from './instance.ts'
import { reasonsOf, shownState, stateOf } from './instance-states.ts'
import { shownInterface } from './network-interfaces.ts'
import { groupIdentifiers, shownAddress, type Surroundings } from './surroundings.ts'

/** An instance as DescribeInstances shows it. */
export function shownInstance(instance: Instance, around: Surroundings): ShownInstance {
  const { scope } = around
  const state = stateOf(instance, scope.now)
  const { instanceId, keyName, iamInstanceProfile, zone } = instance
  return {
    AmiLaunchIndex: instance.launchIndex,
    ImageId: instance.imageId,
    InstanceId: instanceId,
    InstanceType: instance.instanceType as _InstanceType,
    ...(keyName !== undefined && { KeyName: keyName }),
    LaunchTime: new Date(instance.launchedAt),
    Monitoring: { State: instance.monitoring ? 'enabled' : 'disabled' },
    Placement: { AvailabilityZone: zone, GroupName: '', Tenancy: 'default' },
    PlatformDetails: instance.platformDetails,
    ProductCodes: [],
    State: shownState(state),
    ...reasonsOf(instance, scope.now),
    Architecture: instance.architecture as ArchitectureValues,
    BlockDeviceMappings: shownBlockDevices(instance, around),
    ClientToken: instance.clientToken,
    EbsOptimized: instance.ebsOptimized,
    EnaSupport: true,
    // EC2 API Reference, Instance: "The value xen is used for both Xen and Nitro hypervisors".
    Hypervisor: 'xen',
    ...(iamInstanceProfile && {
      IamInstanceProfile: { Arn: iamInstanceProfile.arn, Id: iamInstanceProfile.id },
    }),
    RootDeviceName: instance.rootDeviceName,
    RootDeviceType: 'ebs',
    VirtualizationType: 'hvm',
    MetadataOptions: shownMetadataOptions(instance, 'applied'),
    EnclaveOptions: { Enabled: false },
    HibernationOptions: { Configured: false },
    MaintenanceOptions: { AutoRecovery: 'default' },
    Tags: tagList(scope, instanceId),
    ...network(instance, around),
  }
}

/** A terminated instance is in no network any more; PublicDnsName and PrivateDnsName are then empty. */
function network(instance: Instance, around: Surroundings): ShownInstance {
  const { scope } = around
  if (stateOf(instance, scope.now) === 'terminated') {
    return { PrivateDnsName: '', PublicDnsName: '', NetworkInterfaces: [], SecurityGroups: [] }
  }
  const address = shownAddress(instance, around)
  return {
    VpcId: instance.vpcId,
    SubnetId: instance.subnetId,
    PrivateIpAddress: instance.privateIp,
    PrivateDnsName: privateDnsName(instance),
    PublicDnsName: address === undefined ? '' : publicDnsName(address, instance.zone),
    ...(address !== undefined && { PublicIpAddress: address }),
    SecurityGroups: groupIdentifiers(scope, instance.securityGroupIds),
    SourceDestCheck: instance.sourceDestCheck,
    NetworkInterfaces: [shownInterface(instance, around)],
  }
}

/** The volumes that are attached to it, as answers about the instance show them; at the launch itself there are none yet. */
export function shownBlockDevices(
  { instanceId, launchedAt }: Instance,
  { volumes, scope }: Surroundings,
): InstanceBlockDeviceMapping[] {
  if (scope.now === launchedAt) return []
  return (volumes.get(instanceId) ?? []).map(({ volumeId, attachment }) => ({
    DeviceName: attachment.device,
    Ebs: {
      VolumeId: volumeId,
      Status: 'attached',
      AttachTime: new Date(attachment.attachedAt),
      DeleteOnTermination: attachment.deleteOnTermination,
    },
  }))
}

export function shownMetadataOptions(
  { metadataOptions }: Instance,
  state: 'pending' | 'applied',
): InstanceMetadataOptionsResponse {
  return {
    State: state,
    HttpTokens: metadataOptions.httpTokens,
    HttpPutResponseHopLimit: metadataOptions.httpPutResponseHopLimit,
    HttpEndpoint: metadataOptions.httpEndpoint,
    HttpProtocolIpv6: 'disabled',
    InstanceMetadataTags: metadataOptions.instanceMetadataTags,
  }
}
