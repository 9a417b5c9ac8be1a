export interface LoadBalancer {
  arn: string
  name: string
  type: 'application' | 'network'
  scheme: 'internet-facing' | 'internal'
  vpcId: string
  /** One for each zone. */
  subnets: { subnetId: string; zone: string }[]
  /** None of a network load balancer that was made without. */
  securityGroupIds: string[]
  ipAddressType: string
  dnsName: string
  /** Milliseconds since 1970, as all times here. */
  createdAt: number
  /** When provisioning becomes active. */
  activeAt: number
  /** Those that were set; the others are as usual. */
  attributes: Record<string, string>
}
