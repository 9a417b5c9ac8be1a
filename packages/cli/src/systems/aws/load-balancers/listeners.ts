import {
  CreateListenerCommand,
  DeleteListenerCommand,
  DescribeListenersCommand,
  ModifyListenerCommand,
  type Action,
  type Listener,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { AwsListener, ForwardingListener, LoadBalancers } from '@package/core/ports/cloud/load-balancers'

import type { Consistent } from '../consistent.ts'
import { unlessGone } from '../not-found.ts'
import { allPages } from '../pages.ts'
import { tagList } from '../tags.ts'
import type { BalancingSend } from './balancing-send.ts'

type Listeners = Pick<LoadBalancers, 'listeners' | 'createListener' | 'modifyListener' | 'deleteListener'>

export function listeners(send: BalancingSend, consistent: Consistent): Listeners {
  return {
    async listeners(loadBalancerArn) {
      const found = await consistent.untilFound([loadBalancerArn], () => describe(send, loadBalancerArn))
      return found.map(toListener)
    },
    async createListener(loadBalancerArn, listener, tags) {
      const command = new CreateListenerCommand({
        LoadBalancerArn: loadBalancerArn,
        ...settings(listener),
        Tags: tagList(tags),
      })
      const { Listeners: [made] = [] } = await consistent.untilFound(
        [loadBalancerArn, ...targetGroupArns(listener)],
        () => send(command),
      )
      consistent.made(made?.ListenerArn ?? '')
    },
    async modifyListener(arn, listener) {
      const command = new ModifyListenerCommand({ ListenerArn: arn, ...settings(listener) })
      await consistent.untilFound([arn, ...targetGroupArns(listener)], () => send(command))
    },
    deleteListener: (arn) => unlessGone(send(new DeleteListenerCommand({ ListenerArn: arn }))),
  }
}

function describe(send: BalancingSend, LoadBalancerArn: string): Promise<Listener[]> {
  return allPages(async (token) => {
    const page = await send(
      new DescribeListenersCommand({
        LoadBalancerArn,
        PageSize: 400,
        ...(token !== undefined && { Marker: token }),
      }),
    )
    return { items: page.Listeners, next: page.NextMarker }
  })
}

function targetGroupArns({ targetGroupArn, idleTargetGroupArns = [] }: ForwardingListener): string[] {
  return [targetGroupArn, ...idleTargetGroupArns]
}

function settings(listener: ForwardingListener) {
  const { port, protocol, certificateArn, targetGroupArn } = listener
  const weighted = targetGroupArns(listener).map((arn) => ({
    TargetGroupArn: arn,
    Weight: arn === targetGroupArn ? 1 : 0,
  }))
  return {
    Port: port,
    Protocol: protocol,
    ...(certificateArn !== undefined && { Certificates: [{ CertificateArn: certificateArn }] }),
    DefaultActions: [
      weighted.length === 1
        ? { Type: 'forward' as const, TargetGroupArn: targetGroupArn }
        : { Type: 'forward' as const, ForwardConfig: { TargetGroups: weighted } },
    ],
  }
}

function toListener({ ListenerArn = '', Port = 0, Protocol, Certificates, DefaultActions }: Listener) {
  const certificateArn = Certificates?.[0]?.CertificateArn
  const listener: AwsListener = {
    arn: ListenerArn,
    port: Port,
    // Others (TLS, UDP) are shown as they are: ours they cannot be, and they differ from every one of ours.
    protocol: Protocol as AwsListener['protocol'],
    ...(certificateArn !== undefined && { certificateArn }),
    ...forwardedTo(DefaultActions ?? []),
  }
  return listener
}

/** AWS shows an action's only target group in two places (API Reference, Action), and several in one. */
function forwardedTo(
  actions: readonly Action[],
): Pick<AwsListener, 'targetGroupArn' | 'idleTargetGroupArns'> {
  const [action, ...others] = actions
  if (action?.Type !== 'forward' || others.length > 0) return {}
  const weighted = action.ForwardConfig?.TargetGroups ?? []
  if (weighted.length < 2) {
    const targetGroupArn = action.TargetGroupArn ?? weighted[0]?.TargetGroupArn
    return targetGroupArn === undefined ? {} : { targetGroupArn }
  }
  const idle = weighted.filter(({ Weight }) => Weight === 0)
  const [{ TargetGroupArn: targetGroupArn } = {}, ...more] = weighted.filter(({ Weight }) => Weight !== 0)
  if (targetGroupArn === undefined || more.length > 0) return {}
  return { targetGroupArn, idleTargetGroupArns: idle.flatMap(({ TargetGroupArn }) => TargetGroupArn ?? []) }
}
