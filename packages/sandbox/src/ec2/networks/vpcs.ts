import type {
  CreateVpcRequest,
  CreateVpcResult,
  DeleteVpcRequest,
  DescribeVpcAttributeRequest,
  DescribeVpcAttributeResult,
  DescribeVpcsRequest,
  DescribeVpcsResult,
  Vpc as ShownVpc,
} from '@aws-sdk/client-ec2'

import { fixedId, newId } from '../../account/ids.ts'
import { page } from '../../account/pages.ts'
import { AwsError, invalidParameterValue, missingParameter } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { addSecurityGroup, removeSecurityGroup } from '../security-groups/create-security-group.ts'
import { selectResources } from '../select-resources.ts'
import { checkTaggedTypes, forgetTags, tagList, tagOnCreate } from '../tags/tags.ts'
import { unknownVpcs, vpcOf } from './chosen-subnet.ts'
import { readCidr, writeCidr, type Cidr } from './cidr.ts'
import type { Vpc } from './network.ts'

/** VPC User Guide, "Amazon VPC quotas". */
const mostVpcs = 5

export function describeVpcs(input: DescribeVpcsRequest, scope: Scope): DescribeVpcsResult {
  const isDefault = (vpc: Vpc) => String(vpc.isDefault)
  const cidr = (vpc: Vpc) => vpc.cidr
  const found = selectResources(scope, {
    from: scope.state.ec2.vpcs,
    ids: input.VpcIds,
    notFound: unknownVpcs,
    filters: input.Filters,
    values: {
      'vpc-id': ({ vpcId }) => vpcId,
      cidr,
      'cidr-block-association.cidr-block': cidr,
      'cidr-block-association.state': () => 'associated',
      'dhcp-options-id': () => dhcpOptionsId(scope),
      'is-default': isDefault,
      isDefault,
      'owner-id': () => scope.accountId,
      state: () => 'available',
    },
    idOf: ({ vpcId }) => vpcId,
  })
  const { items, NextToken } = page(found, input)
  return { Vpcs: items.map((vpc) => shownVpc(scope, vpc)), NextToken }
}

export function createVpc(input: CreateVpcRequest, scope: Scope): CreateVpcResult {
  if (input.CidrBlock === undefined) throw missingParameter('cidrBlock')
  checkTaggedTypes(input.TagSpecifications, ['vpc'])
  const cidr = requestedCidr(input.CidrBlock, 'InvalidVpc.Range')
  const { vpcs } = scope.state.ec2
  if (Object.keys(vpcs).length >= mostVpcs) {
    throw new AwsError('VpcLimitExceeded', 'The maximum number of VPCs has been reached.')
  }
  const vpc = { vpcId: newId('vpc'), cidr: writeCidr(cidr), isDefault: false }
  const { vpcId } = vpc
  vpcs[vpcId] = vpc
  scope.consistency.created(vpcId)
  addSecurityGroup(scope, { name: 'default', description: 'default VPC security group', vpcId })
  tagOnCreate(scope, vpcId, 'vpc', input.TagSpecifications)
  return { Vpc: { ...shownVpc(scope, vpc), State: 'pending' } }
}

/** The block of a new VPC or subnet: /16 to /28 (VPC User Guide). Throws AwsError, with that code where it has another size. */
export function requestedCidr(text: string, wrongSize: string): Cidr {
  const cidr = readCidr(text)
  if (cidr === undefined) {
    throw invalidParameterValue(
      `Value (${text}) for parameter cidrBlock is invalid. This is not a valid CIDR block.`,
    )
  }
  if (cidr.bits < 16 || cidr.bits > 28) throw new AwsError(wrongSize, `The CIDR '${text}' is invalid.`)
  return cidr
}

export function deleteVpc({ VpcId: vpcId }: DeleteVpcRequest, scope: Scope): undefined {
  if (vpcId === undefined) throw missingParameter('vpcId')
  vpcOf(scope, vpcId)
  const { vpcs, subnets, securityGroups } = scope.state.ec2
  const groups = Object.values(securityGroups).filter((group) => group.vpcId === vpcId)
  const hasSubnets = Object.values(subnets).some((subnet) => subnet.vpcId === vpcId)
  if (hasSubnets || groups.some(({ name }) => name !== 'default')) {
    throw new AwsError('DependencyViolation', `The vpc '${vpcId}' has dependencies and cannot be deleted.`)
  }
  for (const group of groups) removeSecurityGroup(scope, group)
  delete vpcs[vpcId]
  forgetTags(scope, vpcId)
}

/** Host names are on in default VPCs, name resolution in all (VPC User Guide, "DNS attributes for your VPC"). */
export function describeVpcAttribute(
  { VpcId, Attribute }: DescribeVpcAttributeRequest,
  scope: Scope,
): DescribeVpcAttributeResult {
  if (VpcId === undefined) throw missingParameter('vpcId')
  const { isDefault } = vpcOf(scope, VpcId)
  switch (Attribute) {
    case 'enableDnsSupport':
      return { VpcId, EnableDnsSupport: { Value: true } }
    case 'enableDnsHostnames':
      return { VpcId, EnableDnsHostnames: { Value: isDefault } }
    case 'enableNetworkAddressUsageMetrics':
      return { VpcId, EnableNetworkAddressUsageMetrics: { Value: false } }
    case undefined:
      throw missingParameter('attribute')
    default:
      throw invalidParameterValue(`Value (${String(Attribute)}) for parameter attribute is invalid.`)
  }
}

function shownVpc(scope: Scope, { vpcId, cidr, isDefault }: Vpc): ShownVpc {
  return {
    VpcId: vpcId,
    State: 'available',
    CidrBlock: cidr,
    CidrBlockAssociationSet: [
      {
        AssociationId: fixedId('vpc-cidr-assoc', vpcId),
        CidrBlock: cidr,
        CidrBlockState: { State: 'associated' },
      },
    ],
    DhcpOptionsId: dhcpOptionsId(scope),
    InstanceTenancy: 'default',
    IsDefault: isDefault,
    OwnerId: scope.accountId,
    Tags: tagList(scope, vpcId),
  }
}

function dhcpOptionsId({ region }: Scope): string {
  return fixedId('dopt', region)
}
