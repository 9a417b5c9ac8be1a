import {
  AttachLoadBalancerTargetGroupsCommand,
  AttachTrafficSourcesCommand,
  DeleteAutoScalingGroupCommand,
  DescribeLoadBalancerTargetGroupsCommand,
  DescribeTrafficSourcesCommand,
  DetachInstancesCommand,
  DetachLoadBalancerTargetGroupsCommand,
  DetachTrafficSourcesCommand,
  EnterStandbyCommand,
  ExitStandbyCommand,
  PutLifecycleHookCommand,
  ResumeProcessesCommand,
  SetDesiredCapacityCommand,
  SuspendProcessesCommand,
  TerminateInstanceInAutoScalingGroupCommand,
  type CreateAutoScalingGroupCommandInput,
} from '@aws-sdk/client-auto-scaling'
import { DescribeInstancesCommand } from '@aws-sdk/client-ec2'
import {
  DeleteListenerCommand,
  DeleteTargetGroupCommand,
  ModifyTargetGroupAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { describe, expect, test } from 'vitest'

import type { SandboxOptions } from '../src/sandbox.ts'
import { balancerAccount } from './balancer-account.ts'
import { untilInService } from './group-account.ts'

const AutoScalingGroupName = 'bee-v000'
const draining = 'draining Target.DeregistrationInProgress'

/** A group whose instances are targets behind an active load balancer; its targets drain for 100 seconds. */
async function servedGroup(
  more: Partial<CreateAutoScalingGroupCommandInput> = {},
  options: Partial<SandboxOptions> = {},
) {
  const account = await balancerAccount(options)
  const { elb, sandbox, create, autoscaling, ec2, targetStates } = account
  const { targetGroupArn, listenerArn } = await account.served()
  await elb.send(
    new ModifyTargetGroupAttributesCommand({
      TargetGroupArn: targetGroupArn,
      Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '100' }],
    }),
  )
  await create({ TargetGroupARNs: [targetGroupArn], ...more })
  await sandbox.advance(untilInService)
  return {
    ...account,
    targetGroupArn,
    listenerArn,
    targets: () => targetStates(targetGroupArn),
    attachments: async () => {
      const shown = await autoscaling.send(
        new DescribeLoadBalancerTargetGroupsCommand({ AutoScalingGroupName }),
      )
      return (shown.LoadBalancerTargetGroups ?? []).map(({ State }) => State)
    },
    machineState: async (id: string) => {
      const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }))
      return Reservations?.[0]?.Instances?.[0]?.State?.Name
    },
    resize: (DesiredCapacity: number) =>
      autoscaling.send(new SetDesiredCapacityCommand({ AutoScalingGroupName, DesiredCapacity })),
  }
}

describe('instances of a group with a target group', () => {
  test('are targets once they are in service', async () => {
    const { targets, ids, sandbox, group, targetGroupArn } = await servedGroup()
    const members = await ids()
    const initial = 'initial Elb.InitialHealthChecking'
    expect(await targets()).toEqual(Object.fromEntries(members.map((id) => [id, initial])))
    await sandbox.advance(20_000)
    expect(await targets()).toEqual(Object.fromEntries(members.map((id) => [id, 'healthy'])))
    expect(await group()).toMatchObject({
      TargetGroupARNs: [targetGroupArn],
      TrafficSources: [{ Identifier: targetGroupArn, Type: 'elbv2' }],
    })
  })

  test('drain before they are terminated', async () => {
    const { targets, ids, sandbox, resize, states, machineState, activities } = await servedGroup()
    await sandbox.advance(20_000)
    const before = await ids()
    await resize(1)
    await sandbox.advance(6_000)
    const [leaving = ''] = Object.entries(await targets()).flatMap(([id, state]) =>
      state === draining ? [id] : [],
    )
    expect(before).toContain(leaving)
    expect(await states()).toEqual(expect.arrayContaining(['InService', 'Terminating']))
    expect((await activities())[0]).toMatchObject({ StatusCode: 'WaitingForELBConnectionDraining' })
    await sandbox.advance(95_000)
    expect(await machineState(leaving)).toBe('running')
    await sandbox.advance(6_000)
    expect(await machineState(leaving)).toBe('shutting-down')
    expect(Object.keys(await targets())).not.toContain(leaving)
    await sandbox.advance(30_000)
    expect(await ids()).toEqual(before.filter((id) => id !== leaving))
    expect((await activities())[0]).toMatchObject({ StatusCode: 'Successful' })
  })

  test('wait for their termination hooks after they have drained', async () => {
    const { sandbox, ids, autoscaling, states } = await servedGroup()
    await sandbox.advance(20_000)
    await autoscaling.send(
      new PutLifecycleHookCommand({
        AutoScalingGroupName,
        LifecycleHookName: 'bye',
        LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
        HeartbeatTimeout: 60,
      }),
    )
    const [InstanceId = ''] = await ids()
    await autoscaling.send(
      new TerminateInstanceInAutoScalingGroupCommand({ InstanceId, ShouldDecrementDesiredCapacity: true }),
    )
    await sandbox.advance(99_000)
    expect(await states()).toEqual(['Terminating', 'InService'])
    await sandbox.advance(2_000)
    expect(await states()).toEqual(['Terminating:Wait', 'InService'])
    await sandbox.advance(90_000)
    expect(await states()).toEqual(['InService'])
  })

  test('that are unused do not drain', async () => {
    const { sandbox, elb, listenerArn, resize, states } = await servedGroup()
    await elb.send(new DeleteListenerCommand({ ListenerArn: listenerArn }))
    await resize(1)
    await sandbox.advance(30_000)
    expect(await states()).toEqual(['InService'])
  })

  test('are no targets on standby or detached, and targets again after', async () => {
    const { sandbox, ids, autoscaling, targets } = await servedGroup({ MinSize: 0 })
    await sandbox.advance(20_000)
    const [first = '', second = ''] = await ids()
    const one = { AutoScalingGroupName, InstanceIds: [first] }
    await autoscaling.send(new EnterStandbyCommand({ ...one, ShouldDecrementDesiredCapacity: true }))
    expect(await targets()).toEqual({ [first]: draining, [second]: 'healthy' })
    await sandbox.advance(101_000)
    await autoscaling.send(new ExitStandbyCommand(one))
    await sandbox.advance(21_000)
    expect(await targets()).toEqual({ [first]: 'healthy', [second]: 'healthy' })
    await autoscaling.send(new DetachInstancesCommand({ ...one, ShouldDecrementDesiredCapacity: true }))
    expect((await targets())[first]).toBe(draining)
  })

  test('are not added while AddToLoadBalancer is suspended', async () => {
    const { sandbox, autoscaling, targets, resize, states } = await servedGroup()
    const process = { AutoScalingGroupName, ScalingProcesses: ['AddToLoadBalancer'] }
    await autoscaling.send(new SuspendProcessesCommand(process))
    await resize(3)
    await sandbox.advance(untilInService)
    expect(await states()).toEqual(['InService', 'InService', 'InService'])
    expect(Object.keys(await targets())).toHaveLength(2)
    await autoscaling.send(new ResumeProcessesCommand(process))
    await sandbox.advance(untilInService)
    expect(Object.keys(await targets())).toHaveLength(2)
  })

  test('are gone at once with a group that is deleted by force', async () => {
    const { sandbox, autoscaling, group, resize } = await servedGroup()
    await sandbox.advance(20_000)
    await resize(1)
    await sandbox.advance(6_000)
    await autoscaling.send(new DeleteAutoScalingGroupCommand({ AutoScalingGroupName, ForceDelete: true }))
    await sandbox.advance(30_000)
    expect(await group()).toBeUndefined()
  })
})

describe('the health checks of a load balancer', () => {
  const options = { faults: { sickLaunches: [{ launch: 1, after: 60 }], times: { statusChecks: 10_000 } } }

  test('make a group replace what they call unhealthy, after the grace period', async () => {
    const more = { HealthCheckType: 'ELB', HealthCheckGracePeriod: 300 }
    const { sandbox, ids, targets, activities, attachments } = await servedGroup(more, options)
    const [sick = '', well = ''] = await ids()
    await sandbox.advance(20_000)
    expect(await attachments()).toEqual(['InService'])
    await sandbox.advance(80_000)
    expect(await targets()).toEqual({ [sick]: 'unhealthy Target.Timeout', [well]: 'healthy' })
    await sandbox.advance(180_000)
    expect(await ids()).toEqual([sick, well])
    await sandbox.advance(180_000)
    const after = await ids()
    expect(after).toHaveLength(2)
    expect(after).not.toContain(sick)
    expect((await activities()).map(({ Cause }) => Cause)).toContainEqual(
      expect.stringContaining('in response to an ELB system health check failure') as string,
    )
  })

  test('mean nothing to a group that looks at EC2 only', async () => {
    const { sandbox, ids, targets } = await servedGroup({}, options)
    const [sick = ''] = await ids()
    await sandbox.advance(900_000)
    expect((await targets())[sick]).toBe('unhealthy Target.Timeout')
    expect(await ids()).toContain(sick)
  })

  const never = { faults: { unhealthyTargetLaunches: [1, 2] } }

  test('replace what never passes them, in a group that was created with the target group', async () => {
    const more = { HealthCheckType: 'ELB', HealthCheckGracePeriod: 60 }
    const { sandbox, ids, targets, attachments } = await servedGroup(more, never)
    const before = await ids()
    expect(await attachments()).toEqual(['InService'])
    await sandbox.advance(55_000)
    expect(await ids()).toEqual(before)
    await sandbox.advance(240_000)
    const after = await ids()
    expect(after).toHaveLength(2)
    expect(before.filter((id) => after.includes(id))).toEqual([])
    expect(await targets()).toEqual(Object.fromEntries(after.map((id) => [id, 'healthy'])))
  })

  test('replace nothing as long as no instance has passed them since it was attached', async () => {
    const account = await servedGroup({ HealthCheckType: 'ELB', TargetGroupARNs: [] }, never)
    const { sandbox, ids, targets, attachments, autoscaling, targetGroupArn } = account
    await autoscaling.send(
      new AttachLoadBalancerTargetGroupsCommand({ AutoScalingGroupName, TargetGroupARNs: [targetGroupArn] }),
    )
    const before = await ids()
    await sandbox.advance(900_000)
    expect(Object.values(await targets())).toEqual(['unhealthy Target.Timeout', 'unhealthy Target.Timeout'])
    expect(await ids()).toEqual(before)
    expect(await attachments()).toEqual(['Added'])
  })
})

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
