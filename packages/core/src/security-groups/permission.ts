import { canonicalCidr } from '../groups/cidr.ts'
import type { SecurityGroupRule } from '../ports/cloud/security-groups.ts'

/**
 * A rule of one protocol, one range of ports and one source, whose source may be a security group of ours that AWS does not
 * have yet: by its name in nodes.json, not by its id.
 */
export interface Permission extends Omit<SecurityGroupRule, 'source'> {
  source: SecurityGroupRule['source'] | { securityGroup: string }
}

/** What AWS tells rules apart by: all but the description (EC2 API Reference, AuthorizeSecurityGroupIngress). */
export function permissionKey(permission: Permission): string {
  const { source } = permission
  const from = 'cidr' in source ? { cidr: canonicalCidr(source.cidr) } : source
  return JSON.stringify([permission.protocol, ...ports(permission), from])
}

/** What a permission gives access to, from wherever: the same for icmp of both families. */
export function accessKey(permission: Pick<Permission, 'protocol' | 'fromPort' | 'toPort'>): string {
  const protocol = permission.protocol === 'icmpv6' ? 'icmp' : permission.protocol
  return JSON.stringify([protocol, ...ports(permission)])
}

function ports({ fromPort = -1, toPort = -1 }: Pick<Permission, 'fromPort' | 'toPort'>): [number, number] {
  return [fromPort, toPort]
}

/** `tcp 22 from 203.0.113.7/32 (my-ip ann@desk)` */
export function permissionText({ protocol, fromPort, toPort, source, description }: Permission): string {
  const range = fromPort === toPort ? [fromPort] : [`${String(fromPort)}-${String(toPort)}`]
  const words = [protocol, ...(fromPort === undefined ? [] : range), 'from', sourceText(source)]
  return `${words.join(' ')}${description === undefined ? '' : ` (${description})`}`
}

function sourceText(source: Permission['source']): string {
  if ('cidr' in source) return source.cidr
  if ('prefixListId' in source) return source.prefixListId
  return 'groupId' in source ? source.groupId : source.securityGroup
}

/** A rule as AWS has it, with the security groups of ours by name. */
export function namedPermission(rule: SecurityGroupRule, names: ReadonlyMap<string, string>): Permission {
  const name = 'groupId' in rule.source ? names.get(rule.source.groupId) : undefined
  return name === undefined ? rule : { ...rule, source: { securityGroup: name } }
}
