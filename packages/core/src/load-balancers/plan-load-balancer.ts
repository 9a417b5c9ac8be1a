import type { AwsListener, TargetGroupHealthCheck } from '../ports/cloud/load-balancers.ts'
import type { LoadBalancerStep } from './load-balancer-step.ts'
import type { ActualLoadBalancer } from './read-load-balancer.ts'
import { refuseUnplannable } from './refuse-unplannable.ts'
import type { WantedLoadBalancer, WantedListener, WantedTargetGroup } from './wanted-load-balancer.ts'

/** In the order in which it is carried out, so that traffic always has somewhere to go. */
export interface LoadBalancerPlan {
  /** What is missing, and settings; listeners that there are keep forwarding to where they do. */
  additions: LoadBalancerStep[]
  /** Listeners that forward to another target group from now on, and those that are not declared any more. */
  listenerChanges: LoadBalancerStep[]
  /** Target groups that no listener needs any more; to come once the autoscale groups have left them. */
  removals: LoadBalancerStep[]
}

/**
 * What makes a group's load balancer be as declared. A listener that forwards to nothing of ours and is not declared was added by
 * hand, and stays. Throws PackageError (conflict) as refuseUnplannable does.
 */
export function planLoadBalancer(wanted: WantedLoadBalancer, actual: ActualLoadBalancer): LoadBalancerPlan {
  refuseUnplannable(wanted, actual)
  const { listeners } = actual
  const listenerAt = new Map(listeners.map((listener) => [listener.port, listener]))
  const staleArns = new Set(staleTargetGroups(wanted, actual).map(({ arn }) => arn))
  const stale = listeners.filter(
    ({ port, targetGroupArn = '' }) =>
      staleArns.has(targetGroupArn) && !wanted.listeners.some((listener) => listener.port === port),
  )
  return {
    additions: [
      ...loadBalancerSteps(wanted, actual),
      ...wanted.listeners.flatMap(({ targetGroup }) => targetGroupSteps(targetGroup, actual)),
      ...wanted.listeners
        .filter(({ port }) => !listenerAt.has(port))
        .map((listener) => ({ do: 'create-listener' as const, ...forwarding(listener) })),
    ],
    listenerChanges: [
      ...wanted.listeners
        .filter((listener) => isOtherwise(listener, listenerAt.get(listener.port), actual))
        .map((listener) => ({ do: 'modify-listener' as const, ...forwarding(listener) })),
      ...stale.map(({ port }) => ({ do: 'delete-listener' as const, port })),
    ],
    removals: staleTargetGroups(wanted, actual).map(({ name }) => ({ do: 'delete-target-group', name })),
  }
}

/** The target groups of ours that no declared listener has: what autoscale groups must leave before they are removed. */
export function staleTargetGroups(
  { listeners }: WantedLoadBalancer,
  { targetGroups }: ActualLoadBalancer,
): ActualLoadBalancer['targetGroups'] {
  const names = new Set(listeners.map(({ targetGroup }) => targetGroup.name))
  return targetGroups.filter(({ name }) => !names.has(name))
}

function loadBalancerSteps(
  wanted: WantedLoadBalancer,
  { loadBalancer }: ActualLoadBalancer,
): LoadBalancerStep[] {
  const { name, type, scheme, subnetIds, securityGroupIds } = wanted
  if (loadBalancer === undefined) {
    return [{ do: 'create-load-balancer', name, type, scheme, subnetIds, securityGroupIds }]
  }
  const steps: LoadBalancerStep[] = []
  if (!areSame(subnetIds, loadBalancer.subnetIds)) steps.push({ do: 'set-subnets', name, subnetIds })
  if (!areSame(securityGroupIds, loadBalancer.securityGroupIds)) {
    steps.push({ do: 'set-security-groups', name, securityGroupIds })
  }
  return steps
}

function targetGroupSteps(
  wanted: WantedTargetGroup,
  { targetGroups }: ActualLoadBalancer,
): LoadBalancerStep[] {
  const { name, healthCheck, drain } = wanted
  const actual = targetGroups.find((each) => each.name === name)
  if (actual === undefined) return [{ do: 'create-target-group', ...wanted }]
  const steps: LoadBalancerStep[] = []
  if (checkKey(healthCheck) !== checkKey(actual.healthCheck)) {
    steps.push({ do: 'set-health-check', name, healthCheck })
  }
  if (drain !== actual.drain) steps.push({ do: 'set-drain', name, drain })
  return steps
}

function isOtherwise(
  { protocol, certificateArn, targetGroup }: WantedListener,
  actual: AwsListener | undefined,
  { targetGroups }: ActualLoadBalancer,
): boolean {
  if (actual === undefined) return false
  const target = targetGroups.find(({ name }) => name === targetGroup.name)
  return (
    actual.protocol !== protocol ||
    actual.certificateArn !== certificateArn ||
    target === undefined ||
    actual.targetGroupArn !== target.arn
  )
}

function forwarding({ targetGroup, ...listener }: WantedListener) {
  return { ...listener, targetGroup: targetGroup.name }
}

function areSame(some: readonly string[], others: readonly string[]): boolean {
  return [...some].sort().join() === [...others].sort().join()
}

function checkKey(check: TargetGroupHealthCheck): string {
  const { protocol, port, path, interval, timeout, healthyThreshold, unhealthyThreshold } = check
  return JSON.stringify([protocol, port, path, interval, timeout, healthyThreshold, unhealthyThreshold])
}
