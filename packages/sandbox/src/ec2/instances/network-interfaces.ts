import type {
  DescribeNetworkInterfacesRequest,
  DescribeNetworkInterfacesResult,
  InstanceNetworkInterface,
  NetworkInterface,
} from '@aws-sdk/client-ec2'

import { page } from '../../account/pages.ts'
import { AwsError } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { selectResources } from '../select-resources.ts'
import { tagList } from '../tags/tags.ts'
import { privateDnsName, publicDnsName } from './dns-names.ts'
import type { Instance } from './instance.ts'
import { stateOf } from './instance-states.ts'
import { knownInstances } from './known-instances.ts'
import { groupIdentifiers, shownAddress, surroundingsOf, type Surroundings } from './surroundings.ts'

/** Each instance has one network interface, which exists as long as it does; there are no others. */
export function describeNetworkInterfaces(
  input: DescribeNetworkInterfacesRequest,
  scope: Scope,
): DescribeNetworkInterfacesResult {
  const around = surroundingsOf(scope)
  const instances = Object.values(knownInstances(scope)).filter(
    (instance) => stateOf(instance, scope.now) !== 'terminated',
  )
  const found = selectResources(scope, {
    from: Object.fromEntries(instances.map((instance) => [instance.networkInterfaceId, instance])),
    ids: input.NetworkInterfaceIds,
    notFound: (ids) =>
      new AwsError(
        'InvalidNetworkInterfaceID.NotFound',
        `The networkInterface ID '${ids.join(', ')}' does not exist`,
      ),
    filters: input.Filters,
    values: {
      'network-interface-id': ({ networkInterfaceId }) => networkInterfaceId,
      'attachment.instance-id': ({ instanceId }) => instanceId,
      'attachment.attachment-id': attachmentId,
      'availability-zone': ({ zone }) => zone,
      'group-id': ({ securityGroupIds }) => securityGroupIds,
      'private-ip-address': ({ privateIp }) => privateIp,
      'addresses.private-ip-address': ({ privateIp }) => privateIp,
      'association.public-ip': (instance) => shownAddress(instance, around),
      'subnet-id': ({ subnetId }) => subnetId,
      'vpc-id': ({ vpcId }) => vpcId,
      status: () => 'in-use',
      'interface-type': () => 'interface',
    },
    idOf: ({ networkInterfaceId }) => networkInterfaceId,
  })
  const { items, NextToken } = page(found, input)
  return { NetworkInterfaces: items.map((instance) => described(instance, around)), NextToken }
}

/** The network interface as an answer about its instance shows it. */
export function shownInterface(instance: Instance, around: Surroundings): InstanceNetworkInterface {
  const { scope, elastic } = around
  const { launchedAt, privateIp, zone } = instance
  const address = shownAddress(instance, around)
  const owner = elastic.has(instance.instanceId) ? scope.accountId : 'amazon'
  const association =
    address === undefined
      ? {}
      : { Association: { IpOwnerId: owner, PublicDnsName: publicDnsName(address, zone), PublicIp: address } }
  const dnsName = privateDnsName(instance)
  return {
    ...association,
    Attachment: {
      AttachTime: new Date(launchedAt),
      AttachmentId: attachmentId(instance),
      DeleteOnTermination: true,
      DeviceIndex: 0,
      NetworkCardIndex: 0,
      Status: stateOf(instance, scope.now) === 'pending' ? 'attaching' : 'attached',
    },
    Description: '',
    Groups: groupIdentifiers(scope, instance.securityGroupIds),
    Ipv6Addresses: [],
    InterfaceType: 'interface',
    MacAddress: macAddress(instance),
    NetworkInterfaceId: instance.networkInterfaceId,
    OwnerId: scope.accountId,
    PrivateDnsName: dnsName,
    PrivateIpAddress: privateIp,
    PrivateIpAddresses: [
      { ...association, Primary: true, PrivateDnsName: dnsName, PrivateIpAddress: privateIp },
    ],
    SourceDestCheck: instance.sourceDestCheck,
    Status: 'in-use',
    SubnetId: instance.subnetId,
    VpcId: instance.vpcId,
  }
}

function described(instance: Instance, around: Surroundings): NetworkInterface {
  const { scope, elastic } = around
  const { Attachment, Association, PrivateIpAddresses, ...shown } = shownInterface(instance, around)
  const address = elastic.get(instance.instanceId)
  const association = Association && {
    Association: {
      ...Association,
      ...(address && {
        AllocationId: address.allocationId,
        ...(address.association && { AssociationId: address.association.associationId }),
      }),
    },
  }
  return {
    ...shown,
    ...association,
    Attachment: { ...Attachment, InstanceId: instance.instanceId, InstanceOwnerId: scope.accountId },
    AvailabilityZone: instance.zone,
    InterfaceType: 'interface',
    PrivateIpAddresses: (PrivateIpAddresses ?? []).map((each) => ({ ...each, ...association })),
    RequesterManaged: false,
    TagSet: tagList(scope, instance.networkInterfaceId),
  }
}

function attachmentId({ networkInterfaceId }: Instance): string {
  return networkInterfaceId.replace('eni-', 'eni-attach-')
}

function macAddress({ networkInterfaceId }: Instance): string {
  return `02:${networkInterfaceId.slice(-10).replaceAll(/..(?!$)/g, '$&:')}`
}
