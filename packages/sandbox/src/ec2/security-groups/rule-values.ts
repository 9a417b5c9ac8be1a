import { AwsError, invalidParameterValue } from '../../aws-error.ts'
import type { SecurityGroupRule } from './security-group.ts'

/** What a rule says, without its id. */
export type RuleValues = Omit<SecurityGroupRule, 'ruleId'>

/** The protocols that answers show by name; all others are numbers. */
const protocolNames: Readonly<Record<string, string>> = {
  '1': 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '58': 'icmpv6',
  all: '-1',
}

/** A protocol as answers show it. Throws AwsError for one that does not exist. */
export function protocolOf(text: string): string {
  const lower = text.toLowerCase()
  const protocol = protocolNames[lower] ?? lower
  const isNumber = /^\d+$/.test(protocol) && Number(protocol) <= 255
  if (isNumber || protocol === '-1' || Object.values(protocolNames).includes(protocol)) return protocol
  throw invalidParameterValue(`Invalid value '${text}' for IP protocol. Unknown protocol.`)
}

/**
 * The ports, or for ICMP the type and the code, as a rule of this protocol keeps them: none where the protocol has none.
 * Throws AwsError for ports that do not exist.
 */
export function portsOf(
  protocol: string,
  from: number | undefined,
  to: number | undefined,
): Pick<RuleValues, 'fromPort' | 'toPort'> {
  if (protocol.startsWith('icmp')) return icmpTypeOf(from ?? -1, to ?? -1)
  if (protocol !== 'tcp' && protocol !== 'udp') return {}
  if (from === undefined || to === undefined) {
    throw invalidParameterValue(
      "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.",
    )
  }
  if (from < 0 || to > 65_535 || from > to) {
    throw invalidParameterValue(`Invalid value '${String(from)}-${String(to)}' for portRange.`)
  }
  return { fromPort: from, toPort: to }
}

function icmpTypeOf(type: number, code: number): Pick<RuleValues, 'fromPort' | 'toPort'> {
  const isInRange = type >= -1 && type <= 255 && code >= -1 && code <= 255
  if (isInRange && (type !== -1 || code === -1)) return { fromPort: type, toPort: code }
  throw invalidParameterValue(`Invalid ICMP type or code: ${String(type)}, ${String(code)}`)
}

const allowedText = /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{0,255}$/

/** Refuses what no name or description may hold (EC2 API Reference, CreateSecurityGroup). */
export function checkText(text: string, what: string, plural: string): void {
  if (allowedText.test(text)) return
  throw invalidParameterValue(
    `Invalid ${what}. Valid ${plural} are strings less than 256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*`,
  )
}

/** Where the traffic comes from or goes to. */
export function peerOf({ cidrIpv4, cidrIpv6, prefixListId, referencedGroupId }: RuleValues): string {
  return cidrIpv4 ?? cidrIpv6 ?? prefixListId ?? referencedGroupId ?? ''
}

/** Whether two rules are one to AWS, which does not ask for their descriptions. */
export function isSameRule(one: RuleValues, other: RuleValues): boolean {
  return (
    one.isEgress === other.isEgress &&
    one.protocol === other.protocol &&
    one.fromPort === other.fromPort &&
    one.toPort === other.toPort &&
    peerOf(one) === peerOf(other)
  )
}

export function duplicateRule(rule: RuleValues): AwsError {
  const { protocol, fromPort, toPort } = rule
  const name = protocol === '-1' ? 'ALL' : protocol.toUpperCase()
  const orAll = (value: number | undefined) => (value === -1 ? 'ALL' : String(value))
  const [first, second] = protocol.startsWith('icmp') ? ['type', 'code'] : ['from port', 'to port']
  const ports = fromPort === undefined ? [] : [`${first}: ${orAll(fromPort)}`, `${second}: ${orAll(toPort)}`]
  const text = [`peer: ${peerOf(rule)}`, name, ...ports, 'ALLOW'].join(', ')
  return new AwsError('InvalidPermission.Duplicate', `the specified rule "${text}" already exists`)
}

/** VPC User Guide, "Amazon VPC quotas": inbound or outbound rules per security group. */
const mostRules = 60

/**
 * Throws AwsError (RulesPerSecurityGroupLimitExceeded). The quota holds for each direction, and for IPv4 and IPv6
 * separately; a rule that names a group or a prefix list counts for both.
 */
export function checkRuleCount(rules: readonly RuleValues[]): void {
  for (const isEgress of [false, true]) {
    const direction = rules.filter((rule) => rule.isEgress === isEgress)
    const ipv4 = direction.filter(({ cidrIpv6 }) => cidrIpv6 === undefined).length
    const ipv6 = direction.filter(({ cidrIpv4 }) => cidrIpv4 === undefined).length
    if (Math.max(ipv4, ipv6) > mostRules) {
      throw new AwsError(
        'RulesPerSecurityGroupLimitExceeded',
        'The maximum number of rules per security group has been reached.',
      )
    }
  }
}
