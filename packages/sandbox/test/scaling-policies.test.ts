import {
  DeletePolicyCommand,
  PutScalingPolicyCommand,
  ResumeProcessesCommand,
  SuspendProcessesCommand,
  type PutScalingPolicyCommandInput,
} from '@aws-sdk/client-auto-scaling'
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch'
import { describe, expect, test } from 'vitest'

import { AutoScalingGroupName, groupAccount } from './group-account.ts'
import { clientOf } from './test-account.ts'

const minute = 60_000
const Dimensions = [{ Name: 'AutoScalingGroupName', Value: AutoScalingGroupName }]

/** A group of two that have warmed up, with a policy. */
async function scaledGroup(policy: Partial<PutScalingPolicyCommandInput>, size: object = {}) {
  const account = await groupAccount()
  const { sandbox, create, autoscaling, group, activities } = account
  await create({ MaxSize: 10, ...size })
  await sandbox.advance(60 * minute - (sandbox.now() % minute))
  const cloudwatch = new CloudWatchClient(clientOf(sandbox))
  const { PolicyARN = '', Alarms } = await autoscaling.send(
    new PutScalingPolicyCommand({ AutoScalingGroupName, PolicyName: 'grow', ...policy }),
  )
  return {
    ...account,
    cloudwatch,
    Alarms,
    /** An alarm on the group's CPU that runs the policy. */
    watch: (more: object = {}) =>
      cloudwatch.send(
        new PutMetricAlarmCommand({
          AlarmName: 'busy',
          Namespace: 'AWS/EC2',
          MetricName: 'CPUUtilization',
          Dimensions,
          Statistic: 'Average',
          Period: 60,
          EvaluationPeriods: 1,
          Threshold: 50,
          ComparisonOperator: 'GreaterThanThreshold',
          AlarmActions: [PolicyARN],
          ...more,
        }),
      ),
    /** So many minutes of that CPU. */
    cpu: async (count: number, Value: number) => {
      for (let each = 0; each < count; each++) {
        const MetricData = [{ MetricName: 'CPUUtilization', Dimensions, Value }]
        await cloudwatch.send(new PutMetricDataCommand({ Namespace: 'AWS/EC2', MetricData }))
        await sandbox.advance(minute)
      }
    },
    desired: async () => (await group())?.DesiredCapacity,
    causes: async () => (await activities()).map(({ Cause }) => Cause),
  }
}

test('a simple policy acts once in a cooldown', async () => {
  const { watch, cpu, desired, causes } = await scaledGroup({
    AdjustmentType: 'ChangeInCapacity',
    ScalingAdjustment: 1,
    Cooldown: 600,
  })
  await watch()
  await cpu(5, 90)
  expect(await desired()).toBe(3)
  expect(await causes()).toContainEqual(
    expect.stringMatching(
      /^At \S+Z a monitor alarm busy in state ALARM triggered policy grow changing the desired capacity from 2 to 3\. {2}At \S+Z an instance was started in response to a difference/,
    ),
  )
  await cpu(11, 90)
  expect(await desired()).toBe(4)
})

describe('a step policy', () => {
  const steps = {
    PolicyType: 'StepScaling',
    AdjustmentType: 'ChangeInCapacity',
    EstimatedInstanceWarmup: 300,
    StepAdjustments: [
      { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 20, ScalingAdjustment: 1 },
      { MetricIntervalLowerBound: 20, ScalingAdjustment: 3 },
    ],
  }

  test('adds what the step says, and only the difference while instances warm up', async () => {
    const { watch, cpu, desired } = await scaledGroup(steps)
    await watch()
    await cpu(2, 60)
    expect(await desired()).toBe(3)
    await cpu(2, 70)
    expect(await desired()).toBe(5)
    await cpu(8, 60)
    expect(await desired()).toBe(6)
  })

  test('stays within the bounds of the group, and does nothing while alarms are suspended', async () => {
    const { watch, cpu, desired, autoscaling } = await scaledGroup(steps, { MaxSize: 4 })
    const process = { AutoScalingGroupName, ScalingProcesses: ['AlarmNotification'] }
    await autoscaling.send(new SuspendProcessesCommand(process))
    await watch()
    await cpu(3, 90)
    expect(await desired()).toBe(2)
    await autoscaling.send(new ResumeProcessesCommand(process))
    await cpu(3, 90)
    expect(await desired()).toBe(4)
  })

  test('begins at the threshold itself where the alarm does, also below it', async () => {
    const { watch, cpu, desired } = await scaledGroup({
      ...steps,
      StepAdjustments: [{ MetricIntervalUpperBound: 0, ScalingAdjustment: -1 }],
    })
    await watch({ ComparisonOperator: 'LessThanOrEqualToThreshold' })
    await cpu(1, 51)
    expect(await desired()).toBe(2)
    await cpu(1, 50)
    expect(await desired()).toBe(1)
  })

  test('in per cent rounds as AWS does', async () => {
    const percent = { ...steps, AdjustmentType: 'PercentChangeInCapacity', MinAdjustmentMagnitude: 2 }
    const { watch, cpu, desired } = await scaledGroup({
      ...percent,
      StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 10 }],
    })
    await watch()
    await cpu(1, 90)
    expect(await desired()).toBe(4)
  })
})

describe('a target tracking policy', () => {
  const tracking = (more: object = {}): Partial<PutScalingPolicyCommandInput> => ({
    PolicyType: 'TargetTrackingScaling',
    EstimatedInstanceWarmup: 60,
    TargetTrackingConfiguration: {
      PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
      TargetValue: 50,
      ...more,
    },
  })

  test('brings the metric to its target after three minutes above it, and back slowly', async () => {
    const { cpu, desired, instances } = await scaledGroup(tracking())
    await cpu(2, 90)
    expect(await desired()).toBe(2)
    await cpu(1, 90)
    expect(await desired()).toBe(4)
    await cpu(14, 20)
    expect(await desired()).toBe(4)
    await cpu(1, 20)
    expect(await desired()).toBe(3)
    await cpu(1, 20)
    expect(await desired()).toBe(2)
    await cpu(3, 46)
    expect([await desired(), (await instances()).length]).toEqual([2, 2])
  })

  test('has alarms of its own, which go with it', async () => {
    const { Alarms, cloudwatch, autoscaling } = await scaledGroup(tracking())
    const shown = async () => (await cloudwatch.send(new DescribeAlarmsCommand({}))).MetricAlarms ?? []
    expect((await shown()).map(({ AlarmName }) => AlarmName)).toEqual(
      Alarms?.map(({ AlarmName }) => AlarmName),
    )
    expect(await shown()).toMatchObject([
      { Threshold: 50, EvaluationPeriods: 3, MetricName: 'CPUUtilization', Dimensions },
      { Threshold: 45, EvaluationPeriods: 15, ComparisonOperator: 'LessThanThreshold' },
    ])
    await autoscaling.send(new DeletePolicyCommand({ AutoScalingGroupName, PolicyName: 'grow' }))
    expect(await shown()).toEqual([])
  })

  test('that must not scale in does not', async () => {
    const { cpu, desired, Alarms } = await scaledGroup(tracking({ DisableScaleIn: true }))
    expect(Alarms).toHaveLength(1)
    await cpu(20, 1)
    expect(await desired()).toBe(2)
  })
})
