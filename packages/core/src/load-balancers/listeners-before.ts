import type { ActualLoadBalancer } from './read-load-balancer.ts'
import type { WantedListener, WantedLoadBalancer } from './wanted-load-balancer.ts'

/** An update that has changed listeners, or was about to, and was cut off. */
export interface CutOffUpdate {
  /** What the version in charge is attached to. */
  liveTargetGroupArns: readonly string[]
  /** Whether its next version is in charge by now. */
  isPromoted: boolean
}

/** The load balancer as it is declared, but each listener forwards to where it did before such an update: what ran then speaks there. */
export function listenersBefore(
  wanted: WantedLoadBalancer,
  actual: ActualLoadBalancer,
  cutOff: CutOffUpdate,
): WantedLoadBalancer {
  return { ...wanted, listeners: wanted.listeners.map((listener) => before(listener, actual, cutOff)) }
}

function before(
  listener: WantedListener,
  { listeners, targetGroups }: ActualLoadBalancer,
  { liveTargetGroupArns, isPromoted }: CutOffUpdate,
): WantedListener {
  const now = listeners.find(({ port }) => port === listener.port)
  if (now === undefined) return listener
  const candidates = targetGroups.filter(
    ({ arn }) => arn === now.targetGroupArn || now.idleTargetGroupArns?.includes(arn) === true,
  )
  // The next version was never attached to what only the one before speaks to.
  const arns = new Set(liveTargetGroupArns)
  const isMoving = candidates.length > 1
  const known = isPromoted
    ? candidates.find(({ arn }) => isMoving && !arns.has(arn))
    : (candidates.find(({ arn }) => arn === now.targetGroupArn && arns.has(arn)) ??
      candidates.find(({ arn }) => arns.has(arn)))
  if (known === undefined || known.name === listener.targetGroup.name) return listener
  const { arn: _arn, loadBalancerArns: _loadBalancerArns, tags: _tags, ...targetGroup } = known
  return { ...listener, targetGroup }
}
