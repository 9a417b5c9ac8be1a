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
        [loadBalancerArn, listener.targetGroupArn],
        () => send(command),
      )
      consistent.made(made?.ListenerArn ?? '')
    },
    async modifyListener(arn, listener) {
      const command = new ModifyListenerCommand({ ListenerArn: arn, ...settings(listener) })
      await consistent.untilFound([arn, listener.targetGroupArn], () => send(command))
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

function settings({ port, protocol, certificateArn, targetGroupArn }: ForwardingListener) {
  return {
    Port: port,
    Protocol: protocol,
    ...(certificateArn !== undefined && { Certificates: [{ CertificateArn: certificateArn }] }),
    DefaultActions: [{ Type: 'forward' as const, TargetGroupArn: targetGroupArn }],
  }
}

function toListener({ ListenerArn = '', Port = 0, Protocol, Certificates, DefaultActions }: Listener) {
  const certificateArn = Certificates?.[0]?.CertificateArn
  const targetGroupArn = onlyTargetGroup(DefaultActions ?? [])
  const listener: AwsListener = {
    arn: ListenerArn,
    port: Port,
    // Others (TLS, UDP) are shown as they are: ours they cannot be, and they differ from every one of ours.
    protocol: Protocol as AwsListener['protocol'],
    ...(certificateArn !== undefined && { certificateArn }),
    ...(targetGroupArn !== undefined && { targetGroupArn }),
  }
  return listener
}

/** AWS shows an action's only target group in two places (API Reference, Action), and several in one. */
function onlyTargetGroup(actions: readonly Action[]): string | undefined {
  const [action, ...others] = actions
  if (action?.Type !== 'forward' || others.length > 0) return undefined
  const [weighted, ...more] = action.ForwardConfig?.TargetGroups ?? []
  return more.length > 0 ? undefined : (action.TargetGroupArn ?? weighted?.TargetGroupArn)
}
