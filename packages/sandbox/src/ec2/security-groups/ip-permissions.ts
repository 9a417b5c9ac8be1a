import type { IpPermission, UserIdGroupPair } from '@aws-sdk/client-ec2'

import { AwsError, invalidParameterValue, missingParameter } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { canonicalIpv6Cidr, readCidr, writeCidr } from '../networks/cidr.ts'
import { requestedSecurityGroup } from './named-security-group.ts'
import { checkText, portsOf, protocolOf, type RuleValues } from './rule-values.ts'
import type { SecurityGroup, SecurityGroupRule } from './security-group.ts'

/** The rules of a request: a list, or one rule in the flat parameters of old. */
export interface RulesInput {
  IpPermissions?: IpPermission[] | undefined
  IpProtocol?: string | undefined
  FromPort?: number | undefined
  ToPort?: number | undefined
  CidrIp?: string | undefined
  SourceSecurityGroupName?: string | undefined
}

type Peer = Pick<RuleValues, 'cidrIpv4' | 'cidrIpv6' | 'prefixListId' | 'referencedGroupId' | 'description'>

/** The rules that a request names, one for each source or destination. Throws AwsError for what AWS refuses. */
export function requestedRules(
  scope: Scope,
  group: SecurityGroup,
  input: RulesInput,
  isEgress: boolean,
): RuleValues[] {
  const permissions = input.IpPermissions ?? flatPermission(input)
  if (permissions.length === 0) throw missingParameter('ipPermissions')
  return permissions.flatMap((permission) => {
    if (permission.IpProtocol === undefined) throw missingParameter('ipProtocol')
    const protocol = protocolOf(permission.IpProtocol)
    const ports = portsOf(protocol, permission.FromPort, permission.ToPort)
    const peers = peersOf(scope, group, permission)
    if (peers.length === 0) throw missingParameter('ipRanges')
    return peers.map((peer) => ({ isEgress, protocol, ...ports, ...peer }))
  })
}

function flatPermission(input: RulesInput): IpPermission[] {
  const { IpProtocol, FromPort, ToPort, CidrIp, SourceSecurityGroupName } = input
  if (SourceSecurityGroupName !== undefined) {
    const UserIdGroupPairs = [{ GroupName: SourceSecurityGroupName }]
    // EC2 API Reference, AuthorizeSecurityGroupIngress: such a rule allows all ICMP, TCP and UDP
    return [
      { IpProtocol: 'icmp', FromPort: -1, ToPort: -1, UserIdGroupPairs },
      { IpProtocol: 'tcp', FromPort: 0, ToPort: 65_535, UserIdGroupPairs },
      { IpProtocol: 'udp', FromPort: 0, ToPort: 65_535, UserIdGroupPairs },
    ]
  }
  if (CidrIp === undefined && IpProtocol === undefined) return []
  return [{ IpProtocol, FromPort, ToPort, IpRanges: CidrIp === undefined ? [] : [{ CidrIp }] }]
}

function peersOf(scope: Scope, group: SecurityGroup, permission: IpPermission): Peer[] {
  const { IpRanges = [], Ipv6Ranges = [], PrefixListIds = [], UserIdGroupPairs = [] } = permission
  return [
    ...IpRanges.map(({ CidrIp, Description }) => ({
      cidrIpv4: ipv4Block(CidrIp ?? ''),
      ...described(Description),
    })),
    ...Ipv6Ranges.map(({ CidrIpv6, Description }) => ({
      cidrIpv6: ipv6Block(CidrIpv6 ?? ''),
      ...described(Description),
    })),
    ...PrefixListIds.map(({ PrefixListId: id = '', Description }) => ({
      prefixListId: id,
      ...described(Description),
    })),
    ...UserIdGroupPairs.map((pair) => ({
      referencedGroupId: referencedGroup(scope, group, pair).groupId,
      ...described(pair.Description),
    })),
  ]
}

export function ipv4Block(text: string): string {
  const cidr = readCidr(text)
  if (cidr === undefined) throw invalidParameterValue(`CIDR block ${text} is malformed`)
  return writeCidr(cidr)
}

export function ipv6Block(text: string): string {
  const block = canonicalIpv6Cidr(text)
  if (block === undefined) throw invalidParameterValue(`CIDR block ${text} is malformed`)
  return block
}

/** Throws AwsError where the description is not one. */
export function described(description: string | undefined): Pick<RuleValues, 'description'> {
  if (description === undefined || description === '') return {}
  checkText(description, 'rule description', 'descriptions')
  return { description }
}

/** Throws AwsError (InvalidGroup.NotFound). */
export function referencedGroup(scope: Scope, group: SecurityGroup, pair: UserIdGroupPair): SecurityGroup {
  if (pair.GroupId === undefined && pair.GroupName === undefined) {
    throw new AwsError('MissingParameter', 'Source group ID missing.')
  }
  const found = requestedSecurityGroup(scope, pair)
  const owner = pair.UserId ?? scope.accountId
  if (found.vpcId === group.vpcId && owner === scope.accountId) return found
  throw new AwsError(
    'InvalidGroup.NotFound',
    `You have specified two resources that belong to different networks.`,
  )
}

/** Rules as DescribeSecurityGroups shows them: those of the same protocol and ports together. */
export function ipPermissions(scope: Scope, rules: readonly SecurityGroupRule[]): IpPermission[] {
  const together = new Map<string, SecurityGroupRule[]>()
  for (const rule of rules) {
    const key = [rule.protocol, rule.fromPort, rule.toPort].join(' ')
    together.set(key, [...(together.get(key) ?? []), rule])
  }
  return [...together.values()].map((same) => ({
    ...protocolAndPorts(same),
    IpRanges: same.flatMap(({ cidrIpv4, description }) =>
      cidrIpv4 === undefined ? [] : [{ CidrIp: cidrIpv4, ...shownDescription(description) }],
    ),
    Ipv6Ranges: same.flatMap(({ cidrIpv6, description }) =>
      cidrIpv6 === undefined ? [] : [{ CidrIpv6: cidrIpv6, ...shownDescription(description) }],
    ),
    PrefixListIds: same.flatMap(({ prefixListId, description }) =>
      prefixListId === undefined ? [] : [{ PrefixListId: prefixListId, ...shownDescription(description) }],
    ),
    UserIdGroupPairs: same.flatMap(({ referencedGroupId, description }) =>
      referencedGroupId === undefined
        ? []
        : [{ GroupId: referencedGroupId, UserId: scope.accountId, ...shownDescription(description) }],
    ),
  }))
}

function protocolAndPorts([rule]: readonly SecurityGroupRule[]): IpPermission {
  if (rule === undefined) return {}
  const { protocol, fromPort, toPort } = rule
  return {
    IpProtocol: protocol,
    ...(fromPort !== undefined && { FromPort: fromPort }),
    ...(toPort !== undefined && { ToPort: toPort }),
  }
}

function shownDescription(description: string | undefined): { Description?: string } {
  return description === undefined ? {} : { Description: description }
}
