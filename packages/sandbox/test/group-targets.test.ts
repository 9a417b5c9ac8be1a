import {
  DeleteAutoScalingGroupCommand,
  DetachInstancesCommand,
  EnterStandbyCommand,
  ExitStandbyCommand,
  PutLifecycleHookCommand,
  ResumeProcessesCommand,
  SuspendProcessesCommand,
  TerminateInstanceInAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling'
import { DeleteListenerCommand } from '@aws-sdk/client-elastic-load-balancing-v2'
import { describe, expect, test } from 'vitest'

import { draining } from './balancer-account.ts'
import { AutoScalingGroupName, untilInService } from './group-account.ts'
import { servedGroup } from './served-group.ts'

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
