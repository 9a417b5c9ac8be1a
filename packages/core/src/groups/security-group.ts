/** One entry of `__security_groups__`. */
export interface SecurityGroup {
  description?: string
  ingress?: IngressRule[]
}

export interface IngressRule {
  protocol: 'tcp' | 'udp' | 'icmp' | 'all'
  /** `"22"` or `"7000-7010"`; none for icmp and all. */
  ports?: string
  /** CIDRs, declared security groups, lists of `sources`, or `my-ip`. */
  from: string[]
}
