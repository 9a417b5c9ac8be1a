import type { LoadBalancerStep } from './load-balancer-step.ts'
import type { ActualLoadBalancer } from './read-load-balancer.ts'

/** What removes a group's load balancer and all that belongs to it; to come once its autoscale groups have left the target groups. */
export function planRemoval({
  loadBalancer,
  listeners,
  targetGroups,
}: ActualLoadBalancer): LoadBalancerStep[] {
  const ofTargetGroups = targetGroups.map(({ name }) => ({ do: 'delete-target-group' as const, name }))
  if (loadBalancer === undefined) return ofTargetGroups
  return [
    ...listeners.map(({ port }) => ({ do: 'delete-listener' as const, port })),
    { do: 'delete-load-balancer', name: loadBalancer.name },
    ...ofTargetGroups,
  ]
}
