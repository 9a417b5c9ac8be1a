import type { TargetGroupHealthCheck } from '../ports/cloud/load-balancers.ts'
import type { LoadBalancerStep } from './load-balancer-step.ts'

/** What a step does, for people. */
export function stepLine(step: LoadBalancerStep): string {
  switch (step.do) {
    case 'create-load-balancer':
      return `create ${step.scheme} ${step.type} load balancer ${step.name} in ${step.subnetIds.join(', ')}${worn(step.securityGroupIds)}`
    case 'set-subnets':
      return `put load balancer ${step.name} into ${step.subnetIds.join(', ')}`
    case 'set-security-groups':
      return `change load balancer ${step.name}${worn(step.securityGroupIds)}`
    case 'create-target-group':
      return `create target group ${step.name} for ${step.protocol} ${String(step.port)}, ${checked(step.healthCheck)}, drained for ${String(step.drain)} s`
    case 'set-health-check':
      return `change target group ${step.name}: ${checked(step.healthCheck)}`
    case 'set-drain':
      return `change target group ${step.name}: drained for ${String(step.drain)} s`
    case 'create-listener':
      return `create listener ${step.protocol} ${String(step.port)}, which forwards to ${step.targetGroup}`
    case 'modify-listener':
      return `change listener ${String(step.port)} to ${step.protocol}, which forwards to ${step.targetGroup}${idle(step)}`
    case 'delete-listener':
      return `delete listener ${String(step.port)}`
    case 'delete-load-balancer':
      return `delete load balancer ${step.name}`
    default:
      return `delete target group ${step.name}`
  }
}

function idle({ idle: name }: { idle?: string }): string {
  return name === undefined ? '' : `, and nothing to ${name}, which is checked`
}

function worn(securityGroupIds: readonly string[]): string {
  return securityGroupIds.length === 0 ? '' : ` wearing ${securityGroupIds.join(', ')}`
}

function checked({ protocol, port, path = '', ...check }: TargetGroupHealthCheck): string {
  const { interval, timeout, healthyThreshold, unhealthyThreshold } = check
  const where = port === 'traffic-port' ? '' : ` on ${port}`
  const answers = `healthy after ${String(healthyThreshold)}, unhealthy after ${String(unhealthyThreshold)}`
  return `checked by ${[protocol, path].join(' ').trim()}${where} every ${String(interval)} s (at most ${String(timeout)} s; ${answers})`
}
