import {
  AttachLoadBalancerTargetGroupsCommand,
  AttachTrafficSourcesCommand,
  DescribeLoadBalancerTargetGroupsCommand,
  DescribeTrafficSourcesCommand,
  DetachLoadBalancerTargetGroupsCommand,
  DetachTrafficSourcesCommand,
} from '@aws-sdk/client-auto-scaling'
import { DeleteListenerCommand, DeleteTargetGroupCommand } from '@aws-sdk/client-elastic-load-balancing-v2'
import { describe, expect, test } from 'vitest'

import { draining } from './balancer-account.ts'
import { AutoScalingGroupName, untilInService } from './group-account.ts'
import { servedGroup } from './served-group.ts'

describe('a target group of a group', () => {
  test('is attached later, and detached once its targets have drained', async () => {
    const { sandbox, autoscaling, attachments, targets, targetGroupArn, ids, group } = await servedGroup({
      TargetGroupARNs: [],
      HealthCheckType: 'ELB',
    })
    expect(await targets()).toEqual({})
    const request = { AutoScalingGroupName, TargetGroupARNs: [targetGroupArn] }
    await autoscaling.send(new AttachLoadBalancerTargetGroupsCommand(request))
    expect(await attachments()).toEqual(['Adding'])
    await sandbox.advance(5_000)
    expect(await attachments()).toEqual(['Added'])
    expect(Object.keys(await targets())).toEqual(await ids())
    await sandbox.advance(20_000)
    expect(await attachments()).toEqual(['InService'])
    await autoscaling.send(new AttachLoadBalancerTargetGroupsCommand(request))
    expect(await attachments()).toEqual(['InService'])
    await autoscaling.send(new DetachLoadBalancerTargetGroupsCommand(request))
    expect(await attachments()).toEqual(['Removing'])
    expect(Object.values(await targets())).toEqual([draining, draining])
    expect((await group())?.TargetGroupARNs ?? []).toEqual([])
    await sandbox.advance(101_000)
    expect(await attachments()).toEqual([])
    await expect(autoscaling.send(new DetachLoadBalancerTargetGroupsCommand(request))).rejects.toMatchObject({
      Code: 'ValidationError',
    })
  })

  test('must exist', async () => {
    const { autoscaling, create, targetGroupArn, elb, sandbox, activities, resize } = await servedGroup()
    const gone = targetGroupArn.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'))
    const refusal = {
      Code: 'ValidationError',
      message: 'Provided Target Groups may not be valid. Please ensure they exist and try again.',
    }
    await expect(create({ AutoScalingGroupName: 'other', TargetGroupARNs: [gone] })).rejects.toMatchObject(
      refusal,
    )
    const TrafficSources = [{ Identifier: gone, Type: 'elbv2' }]
    await expect(
      autoscaling.send(new AttachTrafficSourcesCommand({ AutoScalingGroupName, TrafficSources })),
    ).rejects.toMatchObject(refusal)
    const unused = await autoscaling.send(
      new DescribeLoadBalancerTargetGroupsCommand({ AutoScalingGroupName }),
    )
    expect(unused.LoadBalancerTargetGroups).toHaveLength(1)
    await expect(
      elb.send(new DeleteTargetGroupCommand({ TargetGroupArn: targetGroupArn })),
    ).rejects.toMatchObject({ name: 'ResourceInUseException' })
    await resize(3)
    await sandbox.advance(untilInService)
    expect((await activities()).filter(({ StatusCode }) => StatusCode === 'Failed')).toEqual([])
  })

  test('that is deleted keeps the group from launching', async () => {
    const { elb, listenerArn, targetGroupArn, sandbox, activities, resize } = await servedGroup()
    await elb.send(new DeleteListenerCommand({ ListenerArn: listenerArn }))
    await elb.send(new DeleteTargetGroupCommand({ TargetGroupArn: targetGroupArn }))
    await resize(3)
    await sandbox.advance(10_000)
    expect(await activities()).toContainEqual(
      expect.objectContaining({
        StatusCode: 'Failed',
        StatusMessage: expect.stringContaining('One or more target groups not found.') as string,
      }),
    )
  })

  test('is a traffic source too', async () => {
    const { autoscaling, sandbox, targetGroupArn } = await servedGroup({ TargetGroupARNs: [] })
    const request = {
      AutoScalingGroupName,
      TrafficSources: [{ Identifier: targetGroupArn, Type: 'elbv2' }],
    }
    const shown = async () => {
      const { TrafficSources } = await autoscaling.send(
        new DescribeTrafficSourcesCommand({ AutoScalingGroupName, TrafficSourceType: 'elbv2' }),
      )
      return TrafficSources
    }
    await autoscaling.send(new AttachTrafficSourcesCommand(request))
    await sandbox.advance(30_000)
    expect(await shown()).toMatchObject([{ Identifier: targetGroupArn, Type: 'elbv2', State: 'Added' }])
    await autoscaling.send(new DetachTrafficSourcesCommand(request))
    await sandbox.advance(101_000)
    expect(await shown()).toEqual([])
  })
})
