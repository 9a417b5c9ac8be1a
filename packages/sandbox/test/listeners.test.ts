import {
  CreateListenerCommand,
  DeleteListenerCommand,
  DeleteTargetGroupCommand,
  DescribeListenersCommand,
  DescribeTargetGroupsCommand,
  ModifyListenerCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { describe, expect, test } from 'vitest'

import { balancerAccount } from './balancer-account.ts'

describe('a listener', () => {
  test('has a port of its own, and a protocol and target groups that fit its load balancer', async () => {
    const { served, listen, elb, createBalancer, createTargets, subnets } = await balancerAccount()
    const { balancerArn, targetGroupArn } = await served()
    await expect(listen(balancerArn, targetGroupArn)).rejects.toMatchObject({
      name: 'DuplicateListenerException',
    })
    const gone = targetGroupArn.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'))
    await expect(listen(balancerArn, gone, 81)).rejects.toMatchObject({
      name: 'TargetGroupNotFoundException',
    })
    const forward = { Type: 'forward', TargetGroupArn: targetGroupArn } as const
    const create = (LoadBalancerArn: string, more: object) =>
      elb.send(new CreateListenerCommand({ LoadBalancerArn, Port: 443, DefaultActions: [forward], ...more }))
    await expect(create(balancerArn, { Protocol: 'TCP' })).rejects.toMatchObject({
      Code: 'ValidationError',
      message: "Listener protocol 'TCP' must be one of 'HTTPS, HTTP'",
    })
    await expect(create(balancerArn, { Protocol: 'HTTPS' })).rejects.toMatchObject({
      message: 'A certificate must be specified for HTTPS listeners',
    })
    await expect(
      create(balancerArn, { Protocol: 'HTTPS', Certificates: [{ CertificateArn: 'arn:aws:acm:nothing' }] }),
    ).rejects.toMatchObject({ name: 'CertificateNotFoundException' })
    const CertificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/1'
    const secure = await create(balancerArn, { Protocol: 'HTTPS', Certificates: [{ CertificateArn }] })
    expect(secure.Listeners).toMatchObject([
      { Port: 443, Certificates: [{ CertificateArn }], SslPolicy: 'ELBSecurityPolicy-2016-08' },
    ])

    const network = await createBalancer({ Name: 'net', Type: 'network', Subnets: subnets.slice(0, 1) })
    const networkArn = network.LoadBalancerArn ?? ''
    await expect(create(networkArn, { Protocol: 'TCP' })).rejects.toMatchObject({
      name: 'IncompatibleProtocolsException',
    })
    const TargetGroupArn = await createTargets({
      Name: 'tcp',
      Protocol: 'TCP',
      HealthCheckTimeoutSeconds: 5,
    })
    const DefaultActions = [{ Type: 'forward', TargetGroupArn }]
    await create(networkArn, { Protocol: 'TCP', DefaultActions })
    const other = await createBalancer({ Name: 'other' })
    await expect(listen(other.LoadBalancerArn ?? '', targetGroupArn)).rejects.toMatchObject({
      name: 'TargetGroupAssociationLimitException',
    })
  })

  test('is modified and deleted; its target group is in use as long as it forwards to it', async () => {
    const { served, elb, createTargets } = await balancerAccount()
    const { balancerArn, targetGroupArn, listenerArn: ListenerArn } = await served()
    const remove = (TargetGroupArn: string) => elb.send(new DeleteTargetGroupCommand({ TargetGroupArn }))
    await expect(remove(targetGroupArn)).rejects.toMatchObject({ name: 'ResourceInUseException' })
    const other = await createTargets({ Name: 'other' })
    const modified = await elb.send(
      new ModifyListenerCommand({
        ListenerArn,
        Port: 8080,
        DefaultActions: [{ Type: 'forward', TargetGroupArn: other }],
      }),
    )
    expect(modified.Listeners).toMatchObject([{ Port: 8080, Protocol: 'HTTP' }])
    await remove(targetGroupArn)
    const ofBalancer = await elb.send(new DescribeTargetGroupsCommand({ LoadBalancerArn: balancerArn }))
    expect(ofBalancer.TargetGroups).toMatchObject([
      { TargetGroupArn: other, LoadBalancerArns: [balancerArn] },
    ])
    await expect(remove(other)).rejects.toMatchObject({ name: 'ResourceInUseException' })
    await elb.send(new DeleteListenerCommand({ ListenerArn }))
    await remove(other)
    await expect(elb.send(new DeleteListenerCommand({ ListenerArn }))).rejects.toMatchObject({
      name: 'ListenerNotFoundException',
    })
    const left = await elb.send(new DescribeListenersCommand({ LoadBalancerArn: balancerArn }))
    expect(left.Listeners ?? []).toEqual([])
  })
})
