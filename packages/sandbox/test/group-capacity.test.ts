import {
  ResumeProcessesCommand,
  SetDesiredCapacityCommand,
  SetInstanceProtectionCommand,
  SuspendProcessesCommand,
  TerminateInstanceInAutoScalingGroupCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling'
import { describe, expect, test } from 'vitest'

import { AutoScalingGroupName, groupAccount, untilInService } from './group-account.ts'

describe('a group', () => {
  test('grows and shrinks to the desired capacity, within its bounds', async () => {
    const { create, sandbox, states, group, autoscaling, activities } = await groupAccount()
    await create()
    await sandbox.advance(untilInService)
    const setTo = (DesiredCapacity: number) =>
      autoscaling.send(new SetDesiredCapacityCommand({ AutoScalingGroupName, DesiredCapacity }))
    await expect(setTo(5)).rejects.toMatchObject({
      message: expect.stringContaining('above max value 4') as string,
    })
    await setTo(1)
    await sandbox.advance(6000)
    expect((await states()).sort()).toEqual(['InService', 'Terminating'])
    await sandbox.advance(20_000)
    expect(await states()).toEqual(['InService'])
    expect((await activities())[0]).toMatchObject({
      StatusCode: 'Successful',
      Cause: expect.stringContaining('shrinking the capacity from 2 to 1') as string,
    })
    await autoscaling.send(new UpdateAutoScalingGroupCommand({ AutoScalingGroupName, MinSize: 3 }))
    expect(await group()).toMatchObject({ MinSize: 3, DesiredCapacity: 3 })
    await sandbox.advance(untilInService)
    expect(await states()).toHaveLength(3)
  })
})

test('with launching suspended nothing is launched until it is resumed', async () => {
  const { create, sandbox, states, group, autoscaling } = await groupAccount()
  await create()
  const ScalingProcesses = ['Launch']
  await autoscaling.send(new SuspendProcessesCommand({ AutoScalingGroupName, ScalingProcesses }))
  await sandbox.advance(120_000)
  expect(await states()).toEqual([])
  expect((await group())?.SuspendedProcesses).toEqual([
    { ProcessName: 'Launch', SuspensionReason: expect.stringMatching(/^User suspended at /) as string },
  ])
  await autoscaling.send(new ResumeProcessesCommand({ AutoScalingGroupName }))
  await sandbox.advance(untilInService)
  expect(await states()).toHaveLength(2)
})

test('protected instances are not scaled in', async () => {
  const { create, sandbox, ids, autoscaling, activities } = await groupAccount()
  await create()
  await sandbox.advance(untilInService)
  const members = await ids()
  await autoscaling.send(
    new SetInstanceProtectionCommand({
      AutoScalingGroupName,
      InstanceIds: members,
      ProtectedFromScaleIn: true,
    }),
  )
  await autoscaling.send(new SetDesiredCapacityCommand({ AutoScalingGroupName, DesiredCapacity: 1 }))
  await sandbox.advance(60_000)
  expect(await ids()).toEqual(members)
  expect((await activities())[0]).toMatchObject({ StatusCode: 'Failed' })
})

test('one instance is terminated, with or without a replacement', async () => {
  const { create, sandbox, ids, group, autoscaling } = await groupAccount()
  await create()
  await sandbox.advance(untilInService)
  const [first = '', second = ''] = await ids()
  const end = (InstanceId: string, ShouldDecrementDesiredCapacity: boolean) =>
    autoscaling.send(
      new TerminateInstanceInAutoScalingGroupCommand({ InstanceId, ShouldDecrementDesiredCapacity }),
    )
  const { Activity } = await end(first, true)
  expect(Activity).toMatchObject({
    StatusCode: 'InProgress',
    Description: `Terminating EC2 instance: ${first}`,
  })
  await sandbox.advance(60_000)
  expect(await ids()).toEqual([second])
  expect(await group()).toMatchObject({ DesiredCapacity: 1 })
  await expect(end(second, true)).rejects.toMatchObject({
    message: expect.stringContaining('desiredSize equals minSize (1)') as string,
  })
  await end(second, false)
  await sandbox.advance(60_000)
  expect(await ids()).toHaveLength(1)
  expect(await ids()).not.toContain(second)
  await expect(end(first, false)).rejects.toMatchObject({ Code: 'ValidationError' })
})
