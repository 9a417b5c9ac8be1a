import type { AwsListener, TargetGroupHealthCheck } from '../ports/cloud/load-balancers.ts'
import type { LoadBalancerStep } from './load-balancer-step.ts'
import type { ActualLoadBalancer } from './read-load-balancer.ts'
import { refuseUnplannable } from './refuse-unplannable.ts'
import type { WantedLoadBalancer, WantedListener, WantedTargetGroup } from './wanted-load-balancer.ts'

/** In the order in which it is carried out, so that traffic always has somewhere to go. */
export interface LoadBalancerPlan {
  /**
   * What is missing, and settings; listeners that there are keep forwarding to where they do. Where that is to change, the next target
   * group is of weight 0 from now on: targets are checked only where a listener uses them.
   */
  additions: LoadBalancerStep[]
  /** Listeners that forward to another target group from now on, and those that are not declared any more. */
  listenerChanges: LoadBalancerStep[]
  /** Target groups that no listener needs any more, of weight 0 until then, so that they drain; to come once the autoscale groups have left them. */
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
  const moves = wanted.listeners.flatMap((listener) =>
    moveOf(listener, listenerAt.get(listener.port), actual),
  )
  return {
    additions: [
      ...loadBalancerSteps(wanted, actual),
      ...wanted.listeners.flatMap(({ targetGroup }) => targetGroupSteps(targetGroup, actual)),
      ...wanted.listeners
        .filter(({ port }) => !listenerAt.has(port))
        .map((listener) => ({ do: 'create-listener' as const, ...forwarding(listener) })),
      ...moves.filter(({ isChecked }) => !isChecked).map(({ begin }) => begin),
    ],
    listenerChanges: [
      ...wanted.listeners
        .filter((listener) => isOtherwise(listener, listenerAt.get(listener.port), actual))
        .map((listener) => ({
          do: 'modify-listener' as const,
          ...forwarding(listener),
          ...idleOf(moves, listener),
        })),
      ...stale.map(({ port }) => ({ do: 'delete-listener' as const, port })),
    ],
    removals: [
      ...wanted.listeners
        .filter(({ port }) => moves.some(({ begin }) => begin.port === port) || hasIdle(listenerAt.get(port)))
        .map((listener) => ({ do: 'modify-listener' as const, ...forwarding(listener) })),
      ...staleTargetGroups(wanted, actual).map(({ name }) => ({ do: 'delete-target-group' as const, name })),
    ],
  }
}

/** From one target group of ours to another. */
interface Move {
  /** Whether the next one is used already, with weight 0. */
  isChecked: boolean
  /** What makes it so, with all else as it is. */
  begin: LoadBalancerStep & { do: 'modify-listener' }
}

function moveOf(
  { targetGroup: { name } }: WantedListener,
  listener: AwsListener | undefined,
  { targetGroups }: ActualLoadBalancer,
): Move[] {
  const now = targetGroups.find(({ arn }) => arn === listener?.targetGroupArn)
  if (listener === undefined || now === undefined || now.name === name) return []
  const { port, protocol, certificateArn, idleTargetGroupArns = [] } = listener
  const next = targetGroups.find((each) => each.name === name)
  return [
    {
      isChecked: next !== undefined && idleTargetGroupArns.includes(next.arn),
      begin: {
        do: 'modify-listener',
        port,
        protocol,
        ...(certificateArn !== undefined && { certificateArn }),
        targetGroup: now.name,
        idle: name,
      },
    },
  ]
}

/** What the listener has forwarded to until it is moved. */
function idleOf(moves: readonly Move[], { port }: WantedListener): { idle?: string } {
  const move = moves.find(({ begin }) => begin.port === port)
  return move ? { idle: move.begin.targetGroup } : {}
}

function hasIdle(listener: AwsListener | undefined): boolean {
  return (listener?.idleTargetGroupArns ?? []).length > 0
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
