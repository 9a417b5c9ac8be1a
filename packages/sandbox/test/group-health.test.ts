import {
  DescribeAutoScalingInstancesCommand,
  ResumeProcessesCommand,
  SetInstanceHealthCommand,
  SuspendProcessesCommand,
} from '@aws-sdk/client-auto-scaling'
import {
  DeleteLaunchTemplateCommand,
  DescribeInstanceStatusCommand,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2'
import { describe, expect, test } from 'vitest'

import { AutoScalingGroupName, groupAccount, untilInService } from './group-account.ts'

describe('health', () => {
  test('an instance that EC2 terminated is seen after a while and replaced', async () => {
    const { create, sandbox, ids, ec2, states, activities } = await groupAccount()
    await create()
    await sandbox.advance(untilInService)
    const [victim = '', survivor = ''] = await ids()
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [victim] }))
    expect(await states()).toEqual(['InService', 'InService'])
    await sandbox.advance(90_000)
    const after = await ids()
    expect(after).toHaveLength(2)
    expect(after).toContain(survivor)
    expect(after).not.toContain(victim)
    expect((await activities()).map(({ Cause }) => Cause)).toContainEqual(
      expect.stringContaining('EC2 health check indicating it has been terminated or stopped'),
    )
  })

  test('an instance whose status checks fail is replaced after the grace period', async () => {
    const { create, sandbox, ids, ec2 } = await groupAccount({ faults: { impairedLaunches: [1] } })
    await create({ HealthCheckGracePeriod: 300 })
    await sandbox.advance(120_000)
    const [sick = ''] = await ids()
    const { InstanceStatuses } = await ec2.send(new DescribeInstanceStatusCommand({ InstanceIds: [sick] }))
    expect(InstanceStatuses).toMatchObject([{ InstanceStatus: { Status: 'impaired' } }])
    await sandbox.advance(150_000)
    expect(await ids()).toContain(sick)
    await sandbox.advance(150_000)
    expect(await ids()).not.toContain(sick)
    expect(await ids()).toHaveLength(2)
  })

  test('an instance that somebody calls unhealthy is replaced, unless that process is suspended', async () => {
    const { create, sandbox, ids, instances, autoscaling } = await groupAccount()
    await create()
    await sandbox.advance(untilInService)
    const [victim = ''] = await ids()
    const ScalingProcesses = ['ReplaceUnhealthy']
    await autoscaling.send(new SuspendProcessesCommand({ AutoScalingGroupName, ScalingProcesses }))
    await autoscaling.send(new SetInstanceHealthCommand({ InstanceId: victim, HealthStatus: 'Unhealthy' }))
    await sandbox.advance(60_000)
    expect(await instances()).toContainEqual(
      expect.objectContaining({ InstanceId: victim, HealthStatus: 'Unhealthy', LifecycleState: 'InService' }),
    )
    await autoscaling.send(new ResumeProcessesCommand({ AutoScalingGroupName, ScalingProcesses }))
    await sandbox.advance(60_000)
    expect(await ids()).not.toContain(victim)
    const shown = await autoscaling.send(new DescribeAutoScalingInstancesCommand({}))
    expect(shown.AutoScalingInstances).toHaveLength(2)
    expect(shown.AutoScalingInstances?.[0]).toMatchObject({ AutoScalingGroupName, HealthStatus: 'Healthy' })
  })
})

describe('launches that EC2 refuses', () => {
  const refusal = {
    code: 'InsufficientInstanceCapacity',
    message: 'We currently do not have sufficient t3.micro capacity.',
    status: 500,
  }

  test('in one zone are made up for in the others', async () => {
    const { create, sandbox, instances, activities } = await groupAccount({
      faults: { refusedLaunches: [{ zone: 'us-east-1a', ...refusal }] },
    })
    await create()
    await sandbox.advance(untilInService)
    expect((await instances()).map(({ AvailabilityZone = '' }) => AvailabilityZone)).toEqual([
      'us-east-1b',
      'us-east-1b',
    ])
    expect((await activities()).filter(({ StatusCode }) => StatusCode === 'Failed')).toMatchObject([
      { StatusMessage: `${refusal.message} Launching EC2 instance failed.`, Progress: 100 },
    ])
  })

  test('everywhere are tried again, at longer and longer intervals', async () => {
    const { create, sandbox, states, activities } = await groupAccount({
      faults: { refusedLaunches: [{ launches: [1, 2, 3, 4], ...refusal }] },
    })
    await create()
    await sandbox.advance(20_000)
    expect(await states()).toEqual([])
    expect((await activities()).map(({ StatusCode }) => StatusCode)).toEqual(['Failed', 'Failed'])
    await sandbox.advance(120_000)
    expect(await states()).toEqual(['InService', 'InService'])
  })

  test('for want of the launch template show as failed activities', async () => {
    const { create, sandbox, activities, ec2 } = await groupAccount()
    await create()
    await ec2.send(new DeleteLaunchTemplateCommand({ LaunchTemplateName: 'bee' }))
    await sandbox.advance(10_000)
    expect(await activities()).toMatchObject([
      { StatusCode: 'Failed', StatusMessage: expect.stringContaining('does not exist') as string },
    ])
  })
})

test('calls are throttled with the code of the service, and RunInstances is refused like a group', async () => {
  const { group, ec2 } = await groupAccount({
    faults: {
      rules: [{ operation: 'DescribeAutoScalingGroups', calls: [1], fault: { kind: 'throttle' } }],
      refusedLaunches: [{ whenRunning: 1, code: 'InstanceLimitExceeded', message: 'One is enough.' }],
    },
  })
  await expect(group()).rejects.toMatchObject({ Code: 'Throttling' })
  expect(await group()).toBeUndefined()
  const launch = () =>
    ec2.send(
      new RunInstancesCommand({ LaunchTemplate: { LaunchTemplateName: 'bee' }, MinCount: 1, MaxCount: 1 }),
    )
  await launch()
  await expect(launch()).rejects.toMatchObject({ Code: 'InstanceLimitExceeded' })
})
