import type { Listener } from './listeners/listener.ts'
import type { LoadBalancer } from './load-balancers/load-balancer.ts'
import type { TargetGroup } from './target-groups/target-group.ts'

/** Elastic Load Balancing's resources of one region, each by its ARN. */
export interface Elbv2State {
  loadBalancers: Record<string, LoadBalancer>
  listeners: Record<string, Listener>
  targetGroups: Record<string, TargetGroup>
  /** Of all kinds of resources. */
  tags: Record<string, Record<string, string>>
}

export function newElbv2State(): Elbv2State {
  return { loadBalancers: {}, listeners: {}, targetGroups: {}, tags: {} }
}
