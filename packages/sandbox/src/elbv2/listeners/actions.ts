import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2'

import { AwsError } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { targetGroupOf } from '../known-resources.ts'
import type { LoadBalancer } from '../load-balancers/load-balancer.ts'
import { isHttp } from '../target-groups/health-check.ts'
import type { TargetGroup } from '../target-groups/target-group.ts'
import { invalidConfiguration, required, unknownToSandbox, validationError } from '../validation-error.ts'

/** API Reference, CreateListener: target groups of which protocols a network load balancer's listener can forward to. */
const fitting: Readonly<Record<string, readonly string[]>> = {
  TCP: ['TCP', 'TCP_UDP'],
  TLS: ['TCP', 'TLS'],
  UDP: ['UDP', 'TCP_UDP'],
  TCP_UDP: ['TCP_UDP'],
}

/** User Guide, "Listeners": target groups of one forward action. */
const mostTargetGroups = 5

/** The actions that a listener is given. Throws AwsError for those that it cannot do. */
export function actionsFrom(
  given: readonly Action[] | undefined,
  { balancer, protocol }: { balancer: LoadBalancer; protocol: string },
  scope: Scope,
): Action[] {
  const actions = required(given, 'defaultActions')
  if (actions.length === 0) throw validationError('A listener must have a default action')
  if (actions.length > 1) throw invalidAction('The sandbox knows one default action of a listener')
  for (const action of actions) {
    checkKind(action, balancer)
    const arns = targetGroupArns([action])
    if (arns.length > mostTargetGroups) {
      throw invalidAction(`A forward action has at most ${String(mostTargetGroups)} target groups`)
    }
    for (const arn of arns) checkTargetGroup(targetGroupOf(scope, arn), balancer, protocol)
  }
  return actions.map(withConfig)
}

/** The target groups that the actions forward to, each once. */
export function targetGroupArns(actions: readonly Action[]): string[] {
  const arns = actions.flatMap(({ TargetGroupArn, ForwardConfig }) => [
    ...(TargetGroupArn === undefined ? [] : [TargetGroupArn]),
    ...(ForwardConfig?.TargetGroups ?? []).flatMap((each) => each.TargetGroupArn ?? []),
  ])
  return [...new Set(arns)]
}

function checkKind(action: Action, { type }: LoadBalancer): void {
  switch (required(action.Type, 'defaultActions.member.type')) {
    case 'forward':
      if (targetGroupArns([action]).length === 0) {
        throw validationError('A target group ARN must be specified')
      }
      return
    case 'redirect':
    case 'fixed-response':
      if (type === 'network') throw invalidAction('A network load balancer can only forward')
      checkAnswer(action)
      return
    case 'authenticate-cognito':
    case 'authenticate-oidc':
    case 'jwt-validation':
      throw unknownToSandbox(`actions of type ${String(action.Type)}`)
    default:
      throw validationError(
        `1 validation error detected: Value '${String(action.Type)}' at 'defaultActions.1.member.type' failed to satisfy constraint: Member must satisfy enum value set: [redirect, authenticate-cognito, authenticate-oidc, fixed-response, forward]`,
      )
  }
}

function checkAnswer({ Type: type, RedirectConfig: redirect, FixedResponseConfig: fixed }: Action): void {
  const code = type === 'redirect' ? redirect?.StatusCode : fixed?.StatusCode
  if (code === undefined) throw invalidAction(`The configuration of the action '${String(type)}' is missing`)
  if (type === 'redirect' ? code === 'HTTP_301' || code === 'HTTP_302' : /^[245]\d\d$/.test(code)) return
  throw invalidAction(`The status code '${code}' is not valid for the action '${String(type)}'`)
}

function checkTargetGroup(group: TargetGroup, balancer: LoadBalancer, protocol: string): void {
  const fits =
    balancer.type === 'application' ? isHttp(group.protocol) : fitting[protocol]?.includes(group.protocol)
  if (fits !== true) {
    throw new AwsError(
      'IncompatibleProtocols',
      `The target group protocol '${group.protocol}' is not valid for a listener of protocol '${protocol}'`,
    )
  }
  if (group.vpcId !== balancer.vpcId) {
    throw invalidConfiguration(
      `The following target groups are in a different VPC than load balancer '${balancer.arn}': '${group.arn}'`,
    )
  }
  if (group.usedBy && group.usedBy.loadBalancerArn !== balancer.arn) {
    throw new AwsError(
      'TargetGroupAssociationLimit',
      `The following target groups cannot be associated with more than one load balancer: ${group.arn}`,
    )
  }
}

/** Answers show the target group of a simple forward action both ways. */
function withConfig(action: Action): Action {
  const { TargetGroupArn, ForwardConfig } = action
  const [only, ...others] = targetGroupArns([action])
  if (action.Type !== 'forward' || only === undefined) return action
  if (others.length > 0) return action
  return {
    ...action,
    TargetGroupArn: TargetGroupArn ?? only,
    ForwardConfig: {
      TargetGroups: [{ TargetGroupArn: only, Weight: 1 }],
      TargetGroupStickinessConfig: { Enabled: false },
      ...ForwardConfig,
    },
  }
}

function invalidAction(message: string): AwsError {
  return new AwsError('InvalidLoadBalancerAction', message)
}
