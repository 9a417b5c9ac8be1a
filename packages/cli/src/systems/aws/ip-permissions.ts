import type { IpPermission } from '@aws-sdk/client-ec2'
import type { SecurityGroupRule } from '@package/core/ports/cloud/security-groups'

/** A rule as AWS takes it. Of icmp, -1 stands for all types and codes (EC2 API Reference, IpPermission). */
export function toPermission({
  protocol,
  fromPort,
  toPort,
  source,
  description,
}: SecurityGroupRule): IpPermission {
  const isIcmp = protocol === 'icmp' || protocol === 'icmpv6'
  const note = description === undefined ? {} : { Description: description }
  return {
    IpProtocol: protocol === 'all' ? '-1' : protocol,
    ...(isIcmp && { FromPort: -1, ToPort: -1 }),
    ...(fromPort !== undefined && { FromPort: fromPort }),
    ...(toPort !== undefined && { ToPort: toPort }),
    ...sourceOf(source, note),
  }
}

function sourceOf(source: SecurityGroupRule['source'], note: { Description?: string }): IpPermission {
  if ('groupId' in source) return { UserIdGroupPairs: [{ GroupId: source.groupId, ...note }] }
  return source.cidr.includes(':')
    ? { Ipv6Ranges: [{ CidrIpv6: source.cidr, ...note }] }
    : { IpRanges: [{ CidrIp: source.cidr, ...note }] }
}

/** The rules that AWS shows, one for each source. Those of protocols that nodes.json cannot say are left out. */
export function fromPermissions(permissions: readonly IpPermission[]): SecurityGroupRule[] {
  return permissions.flatMap((permission) => {
    const protocol = protocols.get(permission.IpProtocol ?? '')
    if (protocol === undefined) return []
    const hasPorts = protocol === 'tcp' || protocol === 'udp'
    const base = {
      protocol,
      ...(hasPorts && { fromPort: permission.FromPort ?? 0, toPort: permission.ToPort ?? 65_535 }),
    }
    return sourcesOf(permission).map(({ source, description }) => ({
      ...base,
      source,
      ...(description !== undefined && description !== '' && { description }),
    }))
  })
}

const protocols = new Map<string, SecurityGroupRule['protocol']>([
  ['-1', 'all'],
  ['tcp', 'tcp'],
  ['6', 'tcp'],
  ['udp', 'udp'],
  ['17', 'udp'],
  ['icmp', 'icmp'],
  ['1', 'icmp'],
  ['icmpv6', 'icmpv6'],
  ['58', 'icmpv6'],
])

function sourcesOf({ IpRanges = [], Ipv6Ranges = [], UserIdGroupPairs = [] }: IpPermission) {
  return [
    ...IpRanges.map(({ CidrIp = '', Description }) => ({
      source: { cidr: CidrIp },
      description: Description,
    })),
    ...Ipv6Ranges.map(({ CidrIpv6 = '', Description }) => ({
      source: { cidr: CidrIpv6 },
      description: Description,
    })),
    ...UserIdGroupPairs.map(({ GroupId = '', Description }) => ({
      source: { groupId: GroupId },
      description: Description,
    })),
  ]
}
