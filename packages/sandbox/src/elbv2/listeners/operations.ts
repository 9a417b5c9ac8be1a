import {
  CreateListener$,
  DeleteListener$,
  DescribeListeners$,
  ModifyListener$,
  type CreateListenerInput,
  type CreateListenerOutput,
  type DeleteListenerInput,
  type DescribeListenersInput,
  type DescribeListenersOutput,
  type Listener as ShownListener,
  type ModifyListenerInput,
  type ModifyListenerOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2'

import { AwsError } from '../../aws-error.ts'
import { operation, type Scope } from '../../operation.ts'
import { checkedArn, listenerOf, loadBalancerOf, noListeners } from '../known-resources.ts'
import { newArn } from '../new-arn.ts'
import { resourcePage } from '../resource-pages.ts'
import { tagOnCreate } from '../tags/tags.ts'
import { validationError } from '../validation-error.ts'
import { actionsFrom } from './actions.ts'
import { listenerFrom } from './given-listener.ts'
import type { Listener } from './listener.ts'
import { noteUses, removeListener } from './remove-listener.ts'

export const listenerOperations = [
  operation(CreateListener$, createListener),
  operation(DescribeListeners$, describeListeners),
  operation(ModifyListener$, modifyListener),
  operation(DeleteListener$, deleteListener),
]

/** User Guide, "Quotas": listeners per load balancer. */
const mostListeners = 50

function createListener(input: CreateListenerInput, scope: Scope): CreateListenerOutput {
  const balancer = loadBalancerOf(scope, input.LoadBalancerArn)
  const settings = listenerFrom(input, balancer, undefined, scope)
  const actions = actionsFrom(input.DefaultActions, { balancer, protocol: settings.protocol }, scope)
  const { listeners } = scope.state.elbv2
  const others = Object.values(listeners).filter((each) => each.loadBalancerArn === balancer.arn)
  if (others.length >= mostListeners) {
    throw new AwsError('TooManyListeners', `A load balancer has at most ${String(mostListeners)} listeners`)
  }
  const arn = newArn(scope, balancer.arn.split(':').slice(5).join(':').replace('loadbalancer', 'listener'))
  const listener: Listener = { ...settings, arn, loadBalancerArn: balancer.arn, actions }
  tagOnCreate(scope, arn, input.Tags)
  listeners[arn] = listener
  scope.consistency.created(arn)
  noteUses(scope)
  return { Listeners: [shownListener(listener)] }
}

/** Those of a load balancer, or those that are named. Throws AwsError when one that is named is not there. */
function describeListeners(input: DescribeListenersInput, scope: Scope): DescribeListenersOutput {
  const { LoadBalancerArn: balancerArn, ListenerArns: arns = [] } = input
  if ((balancerArn === undefined) === (arns.length === 0)) {
    throw validationError('You must specify either listener ARNs or a load balancer ARN')
  }
  if (balancerArn !== undefined) loadBalancerOf(scope, balancerArn)
  for (const arn of arns) checkedArn(arn, 'listener', 'listener')
  const found = Object.values(scope.state.elbv2.listeners)
    .filter(({ arn, loadBalancerArn }) => arns.includes(arn) || loadBalancerArn === balancerArn)
    .filter(({ arn }) => scope.consistency.sees(arn))
  if (!arns.every((wanted) => found.some(({ arn }) => arn === wanted))) throw noListeners()
  const { items, NextMarker } = resourcePage(found, input)
  return { Listeners: items.map(shownListener), NextMarker }
}

function modifyListener(input: ModifyListenerInput, scope: Scope): ModifyListenerOutput {
  const before = listenerOf(scope, input.ListenerArn)
  const balancer = loadBalancerOf(scope, before.loadBalancerArn)
  const settings = listenerFrom(input, balancer, before, scope)
  const given = input.DefaultActions ?? before.actions
  const actions = actionsFrom(given, { balancer, protocol: settings.protocol }, scope)
  const listener: Listener = {
    ...settings,
    arn: before.arn,
    loadBalancerArn: balancer.arn,
    actions,
  }
  scope.state.elbv2.listeners[before.arn] = listener
  noteUses(scope)
  return { Listeners: [shownListener(listener)] }
}

function deleteListener(input: DeleteListenerInput, scope: Scope): object {
  removeListener(listenerOf(scope, input.ListenerArn), scope)
  return {}
}

function shownListener(listener: Listener): ShownListener {
  const { certificateArn, sslPolicy, alpnPolicy } = listener
  return {
    ListenerArn: listener.arn,
    LoadBalancerArn: listener.loadBalancerArn,
    Port: listener.port,
    Protocol: listener.protocol as 'HTTP',
    ...(certificateArn !== undefined && { Certificates: [{ CertificateArn: certificateArn }] }),
    ...(sslPolicy !== undefined && { SslPolicy: sslPolicy }),
    DefaultActions: listener.actions,
    ...(alpnPolicy && { AlpnPolicy: alpnPolicy }),
  }
}
