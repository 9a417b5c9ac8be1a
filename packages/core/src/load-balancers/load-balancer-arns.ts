import type { ActualLoadBalancer } from './read-load-balancer.ts'

/** What the names and ports of steps stand for; a step that makes something adds it. */
export interface LoadBalancerArns {
  /** By name. */
  loadBalancers: Map<string, string>
  /** By name. */
  targetGroups: Map<string, string>
  /** By port. */
  listeners: Map<number, string>
}

export function arnsOf({ loadBalancer, listeners, targetGroups }: ActualLoadBalancer): LoadBalancerArns {
  return {
    loadBalancers: new Map(loadBalancer === undefined ? [] : [[loadBalancer.name, loadBalancer.arn]]),
    targetGroups: new Map(targetGroups.map(({ name, arn }) => [name, arn])),
    listeners: new Map(listeners.map(({ port, arn }) => [port, arn])),
  }
}

export function arnOf<K extends string | number>(arns: ReadonlyMap<K, string>, key: K): string {
  const arn = arns.get(key)
  if (arn === undefined) throw new Error(`the plan uses ${String(key)} before it makes it`)
  return arn
}
