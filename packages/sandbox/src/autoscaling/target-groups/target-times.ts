import { resultsOf } from '../../elbv2/targets/target-health.ts'
import { targetKey } from '../../elbv2/targets/target.ts'
import type { Scope } from '../../operation.ts'
import type { Group } from '../groups/group.ts'
import type { GroupInstance } from '../instances/group-instance.ts'
import type { GroupTargetGroup } from './group-target-group.ts'

/**
 * When its state changes by itself: an added one is in service once a load balancer calls one of the instances healthy, if the
 * group looks at that (API Reference, DescribeLoadBalancerTargetGroups).
 */
export function attachmentTime(
  group: Group,
  { arn, state, until }: GroupTargetGroup,
  scope: Scope,
): number | undefined {
  if (state !== 'Added') return until
  if (!looksAtTargets(group)) return undefined
  let first = Infinity
  for (const instance of Object.values(group.instances)) {
    if (instance.state === 'InService') first = Math.min(first, timesIn(arn, instance, scope).healthyAt)
  }
  return first === Infinity ? undefined : first
}

/**
 * When a load balancer calls the instance unhealthy, and the group heeds it; undefined where it never does. It does not before
 * the target group was in service once (the same page): where nothing ever passes the checks, it is the checks that are wrong.
 */
export function targetSickTime(group: Group, instance: GroupInstance, scope: Scope): number | undefined {
  if (!looksAtTargets(group)) return undefined
  let first = Infinity
  for (const { arn, state } of Object.values(group.targetGroups)) {
    if (state === 'InService') first = Math.min(first, timesIn(arn, instance, scope).unhealthyAt)
  }
  return first === Infinity ? undefined : first
}

function looksAtTargets({ healthCheckType }: Group): boolean {
  return healthCheckType.split(',').includes('ELB')
}

function timesIn(
  arn: string,
  { instanceId }: GroupInstance,
  scope: Scope,
): { healthyAt: number; unhealthyAt: number } {
  const group = scope.state.elbv2.targetGroups[arn]
  const target = group?.targets[targetKey({ id: instanceId, port: group.port })]
  return group && target ? resultsOf(scope, group, target) : { healthyAt: Infinity, unhealthyAt: Infinity }
}
