import type { TargetHealth } from '@aws-sdk/client-elastic-load-balancing-v2'

import type { Scope } from '../../operation.ts'
import type { Instance } from '../../ec2/instances/instance.ts'
import { stateOf } from '../../ec2/instances/instance-states.ts'
import type { LoadBalancer } from '../load-balancers/load-balancer.ts'
import { isHttp } from '../target-groups/health-check.ts'
import type { TargetGroup } from '../target-groups/target-group.ts'
import type { Target } from './target.ts'

type Checks = Pick<Scope, 'state' | 'now'>

/** The targets that are registered or still drain. */
export function presentTargets(scope: Checks, group: TargetGroup): Target[] {
  return Object.values(group.targets).filter((target) => isPresent(scope, group, target))
}

/** Whether a target is registered or still drains. */
export function isPresent(
  { state, now }: Checks,
  { targetType }: Pick<TargetGroup, 'targetType'>,
  { id, drainsUntil = Infinity }: Target,
): boolean {
  return now < drainsUntil && (targetType === 'ip' || Object.hasOwn(state.ec2.instances, id))
}

/** What is known of a target at this time (API Reference, TargetHealth). */
export function healthOf(scope: Checks, group: TargetGroup, target: Target): TargetHealth {
  if (target.drainsUntil !== undefined) {
    return health('draining', 'Target.DeregistrationInProgress', 'Target deregistration is in progress')
  }
  const machine = machineOf(scope, group, target)
  if (machine?.ending) {
    return health('unused', 'Target.InvalidState', `Target is in the ${stateOf(machine, scope.now)} state`)
  }
  const balancer = balancerOf(scope, group)
  if (!balancer) {
    const text = 'Target group is not configured to receive traffic from the load balancer'
    return health('unused', 'Target.NotInUse', text)
  }
  if (!isInZones(machine, balancer)) {
    const text = 'Target is in an Availability Zone that is not enabled for the load balancer'
    return health('unused', 'Target.NotInUse', text)
  }
  const { from, healthyAt, unhealthyAt } = results(group, target, machine, balancer)
  if (scope.now < from) {
    return health('initial', 'Elb.RegistrationInProgress', 'Target registration is in progress')
  }
  if (scope.now >= unhealthyAt) {
    return isHttp(group.healthCheck.protocol)
      ? health('unhealthy', 'Target.Timeout', 'Request timed out')
      : health('unhealthy', 'Target.FailedHealthChecks', 'Health checks failed')
  }
  if (scope.now >= healthyAt) return { State: 'healthy' }
  return health('initial', 'Elb.InitialHealthChecking', 'Initial health checks in progress')
}

/** When health checks call the target healthy, and unhealthy: Infinity where they never do, as far as is known now. */
export function resultsOf(
  scope: Checks,
  group: TargetGroup,
  target: Target,
): { healthyAt: number; unhealthyAt: number } {
  const machine = machineOf(scope, group, target)
  const balancer = balancerOf(scope, group)
  const isChecked = target.drainsUntil === undefined && !machine?.ending && isInZones(machine, balancer)
  if (!balancer || !isChecked) return { healthyAt: Infinity, unhealthyAt: Infinity }
  return results(group, target, machine, balancer)
}

/** Keeps what health checks have shown by now, before the checks are changed. */
export function keepResults(scope: Checks, group: TargetGroup): void {
  for (const target of presentTargets(scope, group)) {
    const { healthyAt, unhealthyAt } = resultsOf(scope, group, target)
    if (healthyAt <= scope.now) target.healthyAt = healthyAt
    if (unhealthyAt <= scope.now) target.unhealthyAt = unhealthyAt
  }
}

function results(group: TargetGroup, target: Target, machine: Instance | undefined, balancer: LoadBalancer) {
  const { interval, healthyThreshold, unhealthyThreshold } = group.healthCheck
  const from = Math.max(
    target.registeredAt,
    group.usedBy?.since ?? 0,
    balancer.activeAt,
    machine?.runningAt ?? 0,
  )
  const failsFrom = machine ? failureOf(machine) : 0
  // A result from before the target was set up anew says nothing.
  const kept = (time: number | undefined) => (time !== undefined && time >= from ? time : undefined)
  const healthyAt = kept(target.healthyAt) ?? from + healthyThreshold * interval * 1000
  const unhealthyAt =
    kept(target.unhealthyAt) ?? Math.max(from, failsFrom) + unhealthyThreshold * interval * 1000
  return { from, healthyAt: failsFrom < healthyAt ? Infinity : healthyAt, unhealthyAt }
}

/** From when on it does not answer; at an address where no machine is, nothing ever does. */
function failureOf({ isImpaired, hasSickTarget, sickAfter, runningAt }: Instance): number {
  if (isImpaired === true || hasSickTarget === true) return 0
  return sickAfter === undefined ? Infinity : runningAt + sickAfter * 1000
}

function machineOf({ state, now }: Checks, group: TargetGroup, { id }: Target): Instance | undefined {
  const { instances } = state.ec2
  if (group.targetType === 'instance') return instances[id]
  return Object.values(instances).find(
    (each) => each.privateIp === id && each.vpcId === group.vpcId && stateOf(each, now) !== 'terminated',
  )
}

function balancerOf({ state }: Checks, { usedBy }: TargetGroup): LoadBalancer | undefined {
  return usedBy && state.elbv2.loadBalancers[usedBy.loadBalancerArn]
}

function isInZones(machine: Instance | undefined, balancer: LoadBalancer | undefined): boolean {
  return !machine || (balancer?.subnets.some(({ zone }) => zone === machine.zone) ?? false)
}

function health(
  State: NonNullable<TargetHealth['State']>,
  Reason: NonNullable<TargetHealth['Reason']>,
  Description: string,
): TargetHealth {
  return { State, Reason, Description }
}
