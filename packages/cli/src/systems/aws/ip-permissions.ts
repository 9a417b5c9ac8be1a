import type { IpPermission } from '@aws-sdk/client-ec2'
import type { RuleSource, SecurityGroupRule } from '@package/core/ports/cloud/security-groups'

type Protocol = SecurityGroupRule['protocol']

/** Protocols by their number, which AWS answers with for some that were given by name. */
const byNumber = new Map<string, Protocol>([
  ['-1', 'all'],
  ['6', 'tcp'],
  ['17', 'udp'],
  ['1', 'icmp'],
  ['58', 'icmpv6'],
])

/** A rule as AWS takes it. Of icmp, -1 stands for all types and codes (EC2 API Reference, IpPermission). */
export function toPermission({
  protocol,
  fromPort,
  toPort,
  source,
  description,
}: SecurityGroupRule): IpPermission {
  const note = description === undefined ? {} : { Description: description }
  const everything = isIcmp(protocol) ? { FromPort: -1, ToPort: -1 } : {}
  return {
    IpProtocol: protocol === 'all' ? '-1' : protocol,
    ...everything,
    ...(fromPort !== undefined && { FromPort: fromPort }),
    ...(toPort !== undefined && { ToPort: toPort }),
    ...toSource(source, note),
  }
}

function toSource(source: RuleSource, note: { Description?: string }): IpPermission {
  if ('prefixListId' in source) return { PrefixListIds: [{ PrefixListId: source.prefixListId, ...note }] }
  if ('groupId' in source) {
    const account = source.accountId === undefined ? {} : { UserId: source.accountId }
    return { UserIdGroupPairs: [{ GroupId: source.groupId, ...account, ...note }] }
  }
  return source.cidr.includes(':')
    ? { Ipv6Ranges: [{ CidrIpv6: source.cidr, ...note }] }
    : { IpRanges: [{ CidrIp: source.cidr, ...note }] }
}

/** The rules that AWS shows, one for each source; `accountId` is the account of their group. */
export function fromPermissions(
  permissions: readonly IpPermission[],
  accountId: string,
): SecurityGroupRule[] {
  return permissions.flatMap((permission) => {
    const { IpProtocol = '-1' } = permission
    const protocol = byNumber.get(IpProtocol) ?? (IpProtocol as Protocol)
    return sourcesOf(permission, accountId).map(({ source, description }) => ({
      protocol,
      ...portsOf(protocol, permission),
      source,
      ...(description !== undefined && description !== '' && { description }),
    }))
  })
}

function portsOf(protocol: Protocol, { FromPort, ToPort }: IpPermission) {
  if (protocol === 'tcp' || protocol === 'udp') return { fromPort: FromPort ?? 0, toPort: ToPort ?? 65_535 }
  const isAll = FromPort === undefined || FromPort === -1
  return isIcmp(protocol) && !isAll ? { fromPort: FromPort, toPort: ToPort ?? -1 } : {}
}

function isIcmp(protocol: Protocol): boolean {
  return protocol === 'icmp' || protocol === 'icmpv6'
}

interface DescribedSource {
  source: RuleSource
  description: string | undefined
}

function sourcesOf(permission: IpPermission, ownAccount: string): DescribedSource[] {
  const { IpRanges = [], Ipv6Ranges = [], PrefixListIds = [], UserIdGroupPairs = [] } = permission
  return [
    ...IpRanges.map(({ CidrIp = '', Description }) => ({
      source: { cidr: CidrIp },
      description: Description,
    })),
    ...Ipv6Ranges.map(({ CidrIpv6 = '', Description }) => ({
      source: { cidr: CidrIpv6 },
      description: Description,
    })),
    ...PrefixListIds.map(({ PrefixListId = '', Description }) => ({
      source: { prefixListId: PrefixListId },
      description: Description,
    })),
    ...UserIdGroupPairs.map(({ GroupId = '', UserId = ownAccount, Description }) => ({
      source: { groupId: GroupId, ...(UserId !== ownAccount && { accountId: UserId }) },
      description: Description,
    })),
  ]
}
