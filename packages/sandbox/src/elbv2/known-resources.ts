import { AwsError } from '../aws-error.ts'
import type { Scope } from '../operation.ts'
import type { Listener } from './listeners/listener.ts'
import type { LoadBalancer } from './load-balancers/load-balancer.ts'
import type { TargetGroup } from './target-groups/target-group.ts'
import { required, validationError } from './validation-error.ts'

/** Throws AwsError (LoadBalancerNotFound). */
export function loadBalancerOf({ state }: Scope, given: string | undefined): LoadBalancer {
  const arn = checkedArn(required(given, 'loadBalancerArn'), 'loadbalancer', 'load balancer')
  return state.elbv2.loadBalancers[arn] ?? refuse(noLoadBalancers(arn))
}

/** Throws AwsError (TargetGroupNotFound). */
export function targetGroupOf({ state }: Scope, given: string | undefined): TargetGroup {
  const arn = checkedArn(required(given, 'targetGroupArn'), 'targetgroup', 'target group')
  return state.elbv2.targetGroups[arn] ?? refuse(noTargetGroups())
}

/** Throws AwsError (ListenerNotFound). */
export function listenerOf({ state }: Scope, given: string | undefined): Listener {
  const arn = checkedArn(required(given, 'listenerArn'), 'listener', 'listener')
  return state.elbv2.listeners[arn] ?? refuse(noListeners())
}

/** Throws AwsError for what is no ARN of that kind. */
export function checkedArn(
  arn: string,
  kind: 'loadbalancer' | 'targetgroup' | 'listener',
  words: string,
): string {
  if (new RegExp(`^arn:aws:elasticloadbalancing:[^:]+:\\d{12}:${kind}/`).test(arn)) return arn
  throw validationError(`'${arn}' is not a valid ${words} ARN`)
}

export function noLoadBalancers(names: string): AwsError {
  return new AwsError('LoadBalancerNotFound', `Load balancers '[${names}]' not found`)
}

export function noTargetGroups(): AwsError {
  return new AwsError('TargetGroupNotFound', 'One or more target groups not found')
}

export function noListeners(): AwsError {
  return new AwsError('ListenerNotFound', 'One or more listeners not found')
}

function refuse(error: AwsError): never {
  throw error
}
