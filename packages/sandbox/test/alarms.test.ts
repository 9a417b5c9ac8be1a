import { DescribePoliciesCommand, PutScalingPolicyCommand } from '@aws-sdk/client-auto-scaling'
import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  GetMetricStatisticsCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
  type PutMetricAlarmCommandInput,
} from '@aws-sdk/client-cloudwatch'
import { describe, expect, test } from 'vitest'

import { groupAccount } from './group-account.ts'
import { clientOf } from './test-account.ts'

const minute = 60_000
const metric = { Namespace: 'bee', MetricName: 'Queue', Dimensions: [{ Name: 'hive', Value: '1' }] }

/** An account at a whole minute, with a group of two that have warmed up. */
async function watchedAccount() {
  const account = await groupAccount()
  const { sandbox, create } = account
  await create()
  const start = Math.ceil(sandbox.now() / (60 * minute)) * 60 * minute + 60 * minute
  await sandbox.advance(start - sandbox.now())
  const cloudwatch = new CloudWatchClient(clientOf(sandbox))
  const put = (Value: number, name: object = metric) => {
    const { Namespace, ...datum } = { ...metric, ...name }
    return cloudwatch.send(new PutMetricDataCommand({ Namespace, MetricData: [{ ...datum, Value }] }))
  }
  return {
    ...account,
    cloudwatch,
    start,
    put,
    /** So many minutes with these values. */
    feed: async (count: number, value: number, name?: object) => {
      for (let each = 0; each < count; each++) {
        await put(value, name)
        await sandbox.advance(minute)
      }
    },
    alarm: (more: Partial<PutMetricAlarmCommandInput> = {}) =>
      cloudwatch.send(
        new PutMetricAlarmCommand({
          AlarmName: 'busy',
          ...metric,
          Statistic: 'Average',
          Period: 60,
          EvaluationPeriods: 2,
          Threshold: 50,
          ComparisonOperator: 'GreaterThanThreshold',
          ...more,
        }),
      ),
    alarms: async () => (await cloudwatch.send(new DescribeAlarmsCommand({}))).MetricAlarms ?? [],
    state: async () => {
      const { MetricAlarms } = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: ['busy'] }))
      return MetricAlarms?.[0]?.StateValue
    },
  }
}

test('statistics are those of what was put, by period', async () => {
  const { cloudwatch, put, sandbox, start } = await watchedAccount()
  await put(10)
  await put(30)
  await sandbox.advance(minute)
  await put(5)
  await put(99, { Dimensions: [] })
  const read = async (Period: number) => {
    const { Datapoints = [] } = await cloudwatch.send(
      new GetMetricStatisticsCommand({
        ...metric,
        StartTime: new Date(start),
        EndTime: new Date(start + 10 * minute),
        Period,
        Statistics: ['Average', 'Sum', 'Maximum', 'SampleCount'],
      }),
    )
    return Datapoints.map(({ Timestamp, ...values }) => [(Timestamp?.getTime() ?? 0) - start, values])
  }
  expect(await read(60)).toEqual([
    [0, { Average: 20, Sum: 40, Maximum: 30, SampleCount: 2, Unit: 'None' }],
    [minute, { Average: 5, Sum: 5, Maximum: 5, SampleCount: 1, Unit: 'None' }],
  ])
  expect(await read(300)).toEqual([[0, { Average: 15, Sum: 45, Maximum: 30, SampleCount: 3, Unit: 'None' }]])
})

describe('an alarm', () => {
  test('follows its metric', async () => {
    const { alarm, alarms, feed, state, sandbox } = await watchedAccount()
    await alarm()
    expect(await state()).toBe('INSUFFICIENT_DATA')
    await feed(1, 90)
    expect(await state()).toBe('OK')
    await feed(1, 90)
    expect(await state()).toBe('ALARM')
    expect((await alarms())[0]?.StateReason).toBe(
      'Threshold Crossed: 2 out of the last 2 datapoints [90.0, 90.0] were greater than the threshold (50.0).',
    )
    await feed(2, 10)
    expect(await state()).toBe('OK')
    await sandbox.advance(30 * minute)
    expect(await state()).toBe('INSUFFICIENT_DATA')
  })

  test('treats missing data as it is told', async () => {
    const { alarm, state, sandbox } = await watchedAccount()
    await alarm({ TreatMissingData: 'breaching' })
    await sandbox.advance(minute)
    expect(await state()).toBe('ALARM')
    await alarm({ TreatMissingData: 'notBreaching' })
    await sandbox.advance(minute)
    expect(await state()).toBe('OK')
  })

  test('can be set to a state, until its metric says otherwise', async () => {
    const { alarm, cloudwatch, state, sandbox } = await watchedAccount()
    await alarm()
    const set = (AlarmName: string) =>
      cloudwatch.send(new SetAlarmStateCommand({ AlarmName, StateValue: 'ALARM', StateReason: 'a test' }))
    await set('busy')
    expect(await state()).toBe('ALARM')
    await sandbox.advance(2 * minute)
    expect(await state()).toBe('INSUFFICIENT_DATA')
    await expect(set('calm')).rejects.toMatchObject({ name: 'ResourceNotFound' })
  })

  test('is replaced, found and deleted', async () => {
    const { alarm, alarms, cloudwatch } = await watchedAccount()
    await alarm()
    await alarm({ Threshold: 60, AlarmDescription: 'more' })
    expect(await alarms()).toMatchObject([{ AlarmName: 'busy', Threshold: 60, AlarmDescription: 'more' }])
    const remove = (...AlarmNames: string[]) => cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames }))
    await expect(remove('busy', 'calm')).rejects.toMatchObject({ name: 'ResourceNotFound' })
    expect(await alarms()).toHaveLength(1)
    await remove('busy')
    expect(await alarms()).toEqual([])
    await expect(alarm({ Threshold: undefined })).rejects.toMatchObject({ Code: 'MissingParameter' })
  })
})

test('a year without data is over at once', async () => {
  const { alarm, feed, state, sandbox } = await watchedAccount()
  await alarm()
  await feed(2, 90)
  const before = performance.now()
  await sandbox.advance(365 * 24 * 60 * minute)
  expect(await state()).toBe('INSUFFICIENT_DATA')
  expect(performance.now() - before).toBeLessThan(2000)
})

test('a policy shows the alarms that run it', async () => {
  const { alarm, autoscaling } = await watchedAccount()
  const { PolicyARN = '' } = await autoscaling.send(
    new PutScalingPolicyCommand({
      AutoScalingGroupName: 'bee-v000',
      PolicyName: 'more',
      AdjustmentType: 'ChangeInCapacity',
      ScalingAdjustment: 1,
    }),
  )
  await alarm({ AlarmActions: [PolicyARN] })
  const { ScalingPolicies } = await autoscaling.send(new DescribePoliciesCommand({}))
  expect(ScalingPolicies?.[0]?.Alarms).toMatchObject([{ AlarmName: 'busy' }])
})
