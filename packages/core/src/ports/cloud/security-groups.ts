import type { Tags } from './tags.ts'

/** A rule of AWS: one protocol, one range of ports, one source. */
export interface SecurityGroupRule {
  protocol: 'tcp' | 'udp' | 'icmp' | 'icmpv6' | 'all'
  /** Both missing for icmp and all. */
  fromPort?: number
  toPort?: number
  /** A CIDR as AWS writes it, or a security group's id. */
  source: { cidr: string } | { groupId: string }
  description?: string
}

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
  /** Gives the id. */
  createSecurityGroup(group: {
    name: string
    description: string
    vpcId: string
    tags: Tags
  }): Promise<string>
  /** Rules that are there already are no failure. */
  authorizeIngress(groupId: string, rules: readonly SecurityGroupRule[]): Promise<void>
  /** Rules that are not there any more are no failure. */
  revokeIngress(groupId: string, rules: readonly SecurityGroupRule[]): Promise<void>
}
