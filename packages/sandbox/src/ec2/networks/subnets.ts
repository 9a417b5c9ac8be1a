import type {
  CreateSubnetRequest,
  CreateSubnetResult,
  DeleteSubnetRequest,
  DescribeSubnetsRequest,
  DescribeSubnetsResult,
  ModifySubnetAttributeRequest,
  Subnet as ShownSubnet,
} from '@aws-sdk/client-ec2'

import type { FilterValues } from '../../account/filters.ts'
import { newId } from '../../account/ids.ts'
import { page } from '../../account/pages.ts'
import { AwsError, invalidParameterValue, missingParameter } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { stateOf } from '../instances/instance-states.ts'
import { selectResources } from '../select-resources.ts'
import { checkTaggedTypes, forgetTags, tagList, tagOnCreate } from '../tags/tags.ts'
import { zoneIdOf, zonesOf } from '../zones/regions.ts'
import { checkZone, subnetOf, unknownSubnets, vpcOf } from './chosen-subnet.ts'
import { contains, overlap, readCidr, writeCidr, type Cidr } from './cidr.ts'
import type { Subnet, Vpc } from './network.ts'
import { freeAddressCount } from './private-addresses.ts'
import { requestedCidr } from './vpcs.ts'

export function describeSubnets(input: DescribeSubnetsRequest, scope: Scope): DescribeSubnetsResult {
  const found = selectResources(scope, {
    from: scope.state.ec2.subnets,
    ids: input.SubnetIds,
    notFound: unknownSubnets,
    filters: input.Filters,
    values: filterValues(scope),
    idOf: ({ subnetId }) => subnetId,
  })
  const { items, NextToken } = page(found, input)
  return { Subnets: items.map((subnet) => shownSubnet(scope, subnet)), NextToken }
}

/** EC2 API Reference, DescribeSubnets: many filters have a second name. */
function filterValues(scope: Scope): FilterValues<Subnet> {
  const zone = (subnet: Subnet) => subnet.zone
  const zoneId = (subnet: Subnet) => zoneIdOf(subnet.zone)
  const cidr = (subnet: Subnet) => subnet.cidr
  const isDefault = (subnet: Subnet) => String(subnet.isDefaultForZone)
  return {
    'availability-zone': zone,
    availabilityZone: zone,
    'availability-zone-id': zoneId,
    availabilityZoneId: zoneId,
    'available-ip-address-count': (subnet) => String(freeAddressCount(scope, subnet)),
    'cidr-block': cidr,
    cidr,
    cidrBlock: cidr,
    'default-for-az': isDefault,
    defaultForAz: isDefault,
    'map-public-ip-on-launch': ({ givesPublicAddress }) => String(givesPublicAddress),
    'owner-id': () => scope.accountId,
    state: () => 'available',
    'subnet-arn': ({ subnetId }) => subnetArn(scope, subnetId),
    'subnet-id': ({ subnetId }) => subnetId,
    'vpc-id': ({ vpcId }) => vpcId,
  }
}

export function createSubnet(input: CreateSubnetRequest, scope: Scope): CreateSubnetResult {
  const { VpcId: vpcId, CidrBlock: text } = input
  if (vpcId === undefined) throw missingParameter('vpcId')
  if (text === undefined) throw missingParameter('cidrBlock')
  checkTaggedTypes(input.TagSpecifications, ['subnet'])
  const vpc = vpcOf(scope, vpcId)
  const cidr = requestedCidr(text, 'InvalidSubnet.Range')
  checkRoom(scope, vpc, cidr, text)
  const subnet = {
    subnetId: newId('subnet'),
    vpcId,
    cidr: writeCidr(cidr),
    zone: requestedZone(scope, input),
    isDefaultForZone: false,
    givesPublicAddress: false,
    addressesGiven: 0,
  }
  scope.state.ec2.subnets[subnet.subnetId] = subnet
  scope.consistency.created(subnet.subnetId)
  tagOnCreate(scope, subnet.subnetId, 'subnet', input.TagSpecifications)
  return { Subnet: shownSubnet(scope, subnet) }
}

function checkRoom(scope: Scope, vpc: Vpc, cidr: Cidr, text: string): void {
  const whole = readCidr(vpc.cidr)
  if (whole === undefined || !contains(whole, cidr)) {
    throw new AwsError('InvalidSubnet.Range', `The CIDR '${text}' is invalid.`)
  }
  const isTaken = Object.values(scope.state.ec2.subnets).some((subnet) => {
    const other = subnet.vpcId === vpc.vpcId ? readCidr(subnet.cidr) : undefined
    return other !== undefined && overlap(other, cidr)
  })
  if (isTaken) {
    throw new AwsError('InvalidSubnet.Conflict', `The CIDR '${text}' conflicts with another subnet`)
  }
}

function requestedZone(scope: Scope, input: CreateSubnetRequest): string {
  const { AvailabilityZone: name, AvailabilityZoneId: id } = input
  const zones = zonesOf(scope.region)
  if (name !== undefined) checkZone(scope, name)
  const zone = name ?? (id === undefined ? zones[0] : zones.find((each) => zoneIdOf(each) === id))
  if (zone === undefined) throw invalidParameterValue(`Invalid availability zone-id: [${id ?? ''}]`)
  return zone
}

export function deleteSubnet({ SubnetId: subnetId }: DeleteSubnetRequest, scope: Scope): undefined {
  if (subnetId === undefined) throw missingParameter('subnetId')
  subnetOf(scope, subnetId)
  const { ec2, elbv2 } = scope.state
  const { instances, subnets } = ec2
  const isInUse =
    Object.values(instances).some(
      (instance) => instance.subnetId === subnetId && stateOf(instance, scope.now) !== 'terminated',
    ) ||
    Object.values(elbv2.loadBalancers).some((balancer) =>
      balancer.subnets.some((each) => each.subnetId === subnetId),
    )
  if (isInUse) {
    throw new AwsError(
      'DependencyViolation',
      `The subnet '${subnetId}' has dependencies and cannot be deleted.`,
    )
  }
  delete subnets[subnetId]
  forgetTags(scope, subnetId)
}

/** Of the attributes the sandbox has one; it refuses the others rather than to forget them. */
export function modifySubnetAttribute(input: ModifySubnetAttributeRequest, scope: Scope): undefined {
  const { SubnetId: subnetId, MapPublicIpOnLaunch: givesPublicAddress, ...others } = input
  if (subnetId === undefined) throw missingParameter('subnetId')
  const subnet = subnetOf(scope, subnetId)
  const [unknown] = Object.keys(others)
  if (unknown !== undefined) {
    throw new AwsError('UnsupportedOperation', `The sandbox does not know the subnet attribute ${unknown}`)
  }
  if (givesPublicAddress?.Value === undefined) throw missingParameter('mapPublicIpOnLaunch')
  subnet.givesPublicAddress = givesPublicAddress.Value
}

function shownSubnet(scope: Scope, subnet: Subnet): ShownSubnet {
  const { subnetId, vpcId, cidr, zone, isDefaultForZone, givesPublicAddress } = subnet
  return {
    SubnetId: subnetId,
    SubnetArn: subnetArn(scope, subnetId),
    VpcId: vpcId,
    State: 'available',
    CidrBlock: cidr,
    AvailabilityZone: zone,
    AvailabilityZoneId: zoneIdOf(zone),
    AvailableIpAddressCount: freeAddressCount(scope, subnet),
    DefaultForAz: isDefaultForZone,
    MapPublicIpOnLaunch: givesPublicAddress,
    AssignIpv6AddressOnCreation: false,
    Ipv6Native: false,
    PrivateDnsNameOptionsOnLaunch: {
      HostnameType: 'ip-name',
      EnableResourceNameDnsARecord: false,
      EnableResourceNameDnsAAAARecord: false,
    },
    OwnerId: scope.accountId,
    Tags: tagList(scope, subnetId),
  }
}

function subnetArn({ region, accountId }: Scope, subnetId: string): string {
  return `arn:aws:ec2:${region}:${accountId}:subnet/${subnetId}`
}
