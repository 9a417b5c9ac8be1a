import type { Tags } from './tags.ts'

/** A rule of AWS: one protocol, one range of ports, one source. */
export interface SecurityGroupRule {
  /** By number, those that nodes.json cannot say. */
  protocol: 'tcp' | 'udp' | 'icmp' | 'icmpv6' | 'all' | `${number}`
  /** Both missing where all are meant. Of icmp, one type and one code. */
  fromPort?: number
  toPort?: number
  source: RuleSource
  description?: string
}

/** A CIDR as AWS writes it, a security group's id (with its account, where that is another), or a prefix list's. */
export type RuleSource = { cidr: string } | { groupId: string; accountId?: string } | { prefixListId: string }

export interface AwsSecurityGroup {
  id: string
  name: string
  vpcId: string
  description: string
  tags: Tags
  ingress: SecurityGroupRule[]
}

export interface SecurityGroups {
  securityGroupsIn(vpcId: string): Promise<AwsSecurityGroup[]>
  /** `*` in the pattern stands for any characters. */
  securityGroupsNamed(pattern: string): Promise<AwsSecurityGroup[]>
  /** Gives the id. */
  createSecurityGroup(group: {
    name: string
    description: string
    vpcId: string
    tags: Tags
  }): Promise<string>
  /** Done also when it does not exist any more. */
  deleteSecurityGroup(id: string): Promise<void>
  /** Rules that are there already are no failure. */
  authorizeIngress(groupId: string, rules: readonly SecurityGroupRule[]): Promise<void>
  /** Rules that are not there any more are no failure. */
  revokeIngress(groupId: string, rules: readonly SecurityGroupRule[]): Promise<void>
}
