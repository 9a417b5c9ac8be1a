import {
  CompleteLifecycleActionCommand,
  DeleteAutoScalingGroupCommand,
  DeleteLifecycleHookCommand,
  DescribeLifecycleHooksCommand,
  DetachInstancesCommand,
  EnterStandbyCommand,
  ExitStandbyCommand,
  PutLifecycleHookCommand,
  RecordLifecycleActionHeartbeatCommand,
  SetDesiredCapacityCommand,
  type AutoScalingClient,
  type PutLifecycleHookCommandInput,
} from '@aws-sdk/client-auto-scaling'
import { DescribeInstancesCommand } from '@aws-sdk/client-ec2'
import { describe, expect, test } from 'vitest'

import { AutoScalingGroupName, groupAccount, untilInService } from './group-account.ts'

const launch = {
  LifecycleHookName: 'converge',
  LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
  HeartbeatTimeout: 600,
}

/** A group whose instances wait for their launch hook. */
async function waitingGroup(hook: object = {}, size = 1) {
  const account = await groupAccount()
  await account.create({
    DesiredCapacity: size,
    LifecycleHookSpecificationList: [{ ...launch, ...hook }],
  })
  await account.sandbox.advance(untilInService)
  return account
}

function complete(autoscaling: AutoScalingClient, InstanceId: string, LifecycleActionResult: string) {
  return autoscaling.send(
    new CompleteLifecycleActionCommand({
      AutoScalingGroupName,
      LifecycleHookName: 'converge',
      InstanceId,
      LifecycleActionResult,
    }),
  )
}

function put(autoscaling: AutoScalingClient, hook: Partial<PutLifecycleHookCommandInput>) {
  return autoscaling.send(
    new PutLifecycleHookCommand({ AutoScalingGroupName, LifecycleHookName: 'converge', ...hook }),
  )
}

describe('a launch hook', () => {
  test('holds an instance until it is completed', async () => {
    const { states, ids, sandbox, autoscaling, activities } = await waitingGroup()
    expect(await states()).toEqual(['Pending:Wait'])
    expect(await activities()).toMatchObject([{ StatusCode: 'MidLifecycleAction' }])
    const [id = ''] = await ids()
    await complete(autoscaling, id, 'CONTINUE')
    expect(await states()).toEqual(['Pending:Proceed'])
    await sandbox.advance(2000)
    expect(await states()).toEqual(['InService'])
    expect(await activities()).toMatchObject([{ StatusCode: 'Successful' }])
    await expect(complete(autoscaling, id, 'CONTINUE')).rejects.toMatchObject({
      Code: 'ValidationError',
      message: `No active Lifecycle Action found with instance ID ${id}`,
    })
  })

  test('that is abandoned costs the instance, and another one is launched', async () => {
    const { states, ids, sandbox, autoscaling, activities } = await waitingGroup()
    const [first = ''] = await ids()
    await complete(autoscaling, first, 'ABANDON')
    expect(await states()).toEqual(['Terminating'])
    const cancelled = (await activities()).find(({ StatusCode }) => StatusCode === 'Cancelled')
    expect(cancelled?.StatusMessage).toMatch(
      /^Instance failed to complete user's Lifecycle Action: Lifecycle Action with token \S+ was abandoned: Lifecycle Action Completed with ABANDON Result$/,
    )
    await sandbox.advance(untilInService + 5000)
    expect(await states()).toEqual(['Pending:Wait'])
    expect(await ids()).not.toContain(first)
  })

  test('comes to its default result at its timeout, which heartbeats put off', async () => {
    const { states, ids, sandbox, autoscaling } = await waitingGroup({ DefaultResult: 'CONTINUE' })
    const [InstanceId = ''] = await ids()
    await sandbox.advance(500_000)
    await autoscaling.send(
      new RecordLifecycleActionHeartbeatCommand({
        AutoScalingGroupName,
        LifecycleHookName: 'converge',
        InstanceId,
      }),
    )
    await sandbox.advance(500_000)
    expect(await states()).toEqual(['Pending:Wait'])
    await sandbox.advance(110_000)
    expect(await states()).toEqual(['InService'])
  })

  test('is abandoned by default', async () => {
    const { activities, sandbox } = await waitingGroup()
    await sandbox.advance(610_000)
    expect(await activities()).toContainEqual(
      expect.objectContaining({
        StatusCode: 'Cancelled',
        StatusMessage: expect.stringMatching(/was abandoned: Heartbeat Timeout$/) as string,
      }),
    )
  })

  test('that is deleted abandons what waits for it', async () => {
    const { states, autoscaling, sandbox } = await waitingGroup()
    await autoscaling.send(
      new DeleteLifecycleHookCommand({ AutoScalingGroupName, LifecycleHookName: 'converge' }),
    )
    expect(await states()).toEqual(['Terminating'])
    await sandbox.advance(60_000)
    expect(await states()).toEqual(['InService'])
  })
})

test('a termination hook holds an instance that still runs, whatever its result', async () => {
  const { create, sandbox, states, ids, autoscaling, ec2 } = await groupAccount()
  await create()
  await sandbox.advance(untilInService)
  await put(autoscaling, { LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING' })
  await autoscaling.send(new SetDesiredCapacityCommand({ AutoScalingGroupName, DesiredCapacity: 1 }))
  const before = await ids()
  await sandbox.advance(10_000)
  expect(await states()).toContain('Terminating:Wait')
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: before }))
  const machines = Reservations.flatMap(({ Instances = [] }) => Instances)
  expect(machines.map(({ State }) => State?.Name)).toEqual(['running', 'running'])
  const waiting = (await states()).indexOf('Terminating:Wait')
  await complete(autoscaling, before[waiting] ?? '', 'ABANDON')
  expect(await states()).toContain('Terminating:Proceed')
  await sandbox.advance(30_000)
  expect(await states()).toEqual(['InService'])
  await expect(
    autoscaling.send(new DeleteAutoScalingGroupCommand({ AutoScalingGroupName })),
  ).rejects.toMatchObject({ Code: 'ResourceInUse' })
})

test('a hook is put, changed in part, shown and deleted', async () => {
  const { create, autoscaling } = await groupAccount()
  await create()
  await expect(put(autoscaling, {})).rejects.toMatchObject({ Code: 'ValidationError' })
  await put(autoscaling, { LifecycleTransition: launch.LifecycleTransition })
  await put(autoscaling, { HeartbeatTimeout: 900, NotificationMetadata: '{}' })
  const show = () => autoscaling.send(new DescribeLifecycleHooksCommand({ AutoScalingGroupName }))
  expect((await show()).LifecycleHooks).toEqual([
    {
      AutoScalingGroupName,
      LifecycleHookName: 'converge',
      LifecycleTransition: launch.LifecycleTransition,
      HeartbeatTimeout: 900,
      GlobalTimeout: 90_000,
      DefaultResult: 'ABANDON',
      NotificationMetadata: '{}',
    },
  ])
  const remove = () =>
    autoscaling.send(new DeleteLifecycleHookCommand({ AutoScalingGroupName, LifecycleHookName: 'converge' }))
  await remove()
  expect((await show()).LifecycleHooks).toEqual([])
  await expect(remove()).rejects.toMatchObject({ message: 'No Lifecycle Hook found with name: converge' })
})

describe('leaving service', () => {
  test('an instance on standby stays the group’s and is made up for, unless the group shrinks', async () => {
    const { create, sandbox, ids, group, states, autoscaling } = await groupAccount()
    await create()
    await sandbox.advance(untilInService)
    const [first = '', second = ''] = await ids()
    const names = { AutoScalingGroupName, InstanceIds: [first] }
    const { Activities } = await autoscaling.send(
      new EnterStandbyCommand({ ...names, ShouldDecrementDesiredCapacity: true }),
    )
    expect(Activities).toMatchObject([{ Description: `Moving EC2 instance to Standby: ${first}` }])
    await sandbox.advance(60_000)
    expect(await states()).toEqual(['Standby', 'InService'])
    expect(await group()).toMatchObject({ DesiredCapacity: 1 })
    await expect(
      autoscaling.send(
        new EnterStandbyCommand({
          AutoScalingGroupName,
          InstanceIds: [second],
          ShouldDecrementDesiredCapacity: true,
        }),
      ),
    ).rejects.toMatchObject({ Code: 'ValidationError' })
    await autoscaling.send(new ExitStandbyCommand(names))
    await sandbox.advance(60_000)
    expect(await states()).toEqual(['InService', 'InService'])
    expect(await ids()).toEqual([first, second])
    await autoscaling.send(new EnterStandbyCommand({ ...names, ShouldDecrementDesiredCapacity: false }))
    await sandbox.advance(60_000)
    expect(await states()).toEqual(['Standby', 'InService', 'InService'])
  })

  test('a detached instance runs on without the group', async () => {
    const { create, sandbox, ids, autoscaling, ec2 } = await groupAccount()
    await create()
    await sandbox.advance(untilInService)
    const [first = ''] = await ids()
    const names = { AutoScalingGroupName, InstanceIds: [first] }
    const detach = () =>
      autoscaling.send(new DetachInstancesCommand({ ...names, ShouldDecrementDesiredCapacity: false }))
    await detach()
    await sandbox.advance(60_000)
    expect(await ids()).toHaveLength(2)
    expect(await ids()).not.toContain(first)
    const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [first] }))
    const [machine] = Reservations?.[0]?.Instances ?? []
    expect(machine?.State?.Name).toBe('running')
    expect(machine?.Tags?.map(({ Key }) => Key)).not.toContain('aws:autoscaling:groupName')
    await expect(detach()).rejects.toMatchObject({
      message: `The instance ${first} is not part of Auto Scaling group ${AutoScalingGroupName}.`,
    })
  })
})
