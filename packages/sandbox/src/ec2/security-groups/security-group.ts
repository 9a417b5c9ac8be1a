export interface SecurityGroup {
  groupId: string
  name: string
  description: string
  vpcId: string
  rules: SecurityGroupRule[]
}

/** One source or destination of one range of ports, as DescribeSecurityGroupRules shows it. */
export interface SecurityGroupRule {
  ruleId: string
  isEgress: boolean
  /** `tcp`, `udp`, `icmp`, `icmpv6`, another protocol's number, or `-1` for all. */
  protocol: string
  /** Of icmp, its type; -1 for all. */
  fromPort?: number
  toPort?: number
  /** Exactly one of these. */
  cidrIpv4?: string
  cidrIpv6?: string
  prefixListId?: string
  referencedGroupId?: string
  description?: string
}
