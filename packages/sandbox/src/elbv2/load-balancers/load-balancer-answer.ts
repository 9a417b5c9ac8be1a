import type {
  AvailabilityZone,
  LoadBalancer as ShownLoadBalancer,
} from '@aws-sdk/client-elastic-load-balancing-v2'

import type { Scope } from '../../operation.ts'
import { hostedZoneOf } from './hosted-zones.ts'
import type { LoadBalancer } from './load-balancer.ts'

export function shownLoadBalancer(balancer: LoadBalancer, scope: Scope): ShownLoadBalancer {
  return {
    LoadBalancerArn: balancer.arn,
    DNSName: balancer.dnsName,
    CanonicalHostedZoneId: hostedZoneOf(scope.region, balancer.type),
    CreatedTime: new Date(balancer.createdAt),
    LoadBalancerName: balancer.name,
    Scheme: balancer.scheme,
    VpcId: balancer.vpcId,
    State: { Code: scope.now < balancer.activeAt ? 'provisioning' : 'active' },
    Type: balancer.type,
    AvailabilityZones: shownZones(balancer),
    SecurityGroups: balancer.securityGroupIds,
    IpAddressType: balancer.ipAddressType as 'ipv4',
  }
}

export function shownZones({ subnets }: LoadBalancer): AvailabilityZone[] {
  return subnets.map(({ subnetId, zone }) => ({
    ZoneName: zone,
    SubnetId: subnetId,
    LoadBalancerAddresses: [],
  }))
}
