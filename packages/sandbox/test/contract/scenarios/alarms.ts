import {
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  GetMetricStatisticsCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
  type DescribeAlarmsOutput,
  type PutMetricAlarmInput,
} from '@aws-sdk/client-cloudwatch'

import type { Scenario } from '../scenario.ts'

const metric = {
  Namespace: 'bee',
  MetricName: 'Queue',
  Dimensions: [{ Name: 'hive', Value: 'one' }],
}
const alarm: PutMetricAlarmInput = {
  AlarmName: 'busy',
  ...metric,
  Statistic: 'Average',
  Period: 60,
  EvaluationPeriods: 2,
  Threshold: 50,
  ComparisonOperator: 'GreaterThanThreshold',
  AlarmActions: ['arn:aws:sns:us-east-1:123456789012:bees'],
}
const namesAndStates = ({ MetricAlarms }: DescribeAlarmsOutput) =>
  MetricAlarms?.map(({ AlarmName, StateValue, Threshold }) => [AlarmName, StateValue, Threshold])

export const alarmScenarios: readonly Scenario[] = [
  {
    name: 'metrics',
    async play(caller) {
      const { Namespace, ...name } = metric
      const MetricData = [
        { ...name, Value: 10 },
        { ...name, Value: 30 },
        { ...name, StatisticValues: { Sum: 6, SampleCount: 3, Minimum: 1, Maximum: 3 } },
      ]
      await caller.watches('put some', new PutMetricDataCommand({ Namespace, MetricData }))
      await caller.watches(
        'what is of another hive',
        new GetMetricStatisticsCommand({
          ...metric,
          Dimensions: [{ Name: 'hive', Value: 'two' }],
          StartTime: new Date(Date.now() - 600_000),
          EndTime: new Date(Date.now() + 600_000),
          Period: 1200,
          Statistics: ['Sum'],
        }),
        ({ Label, Datapoints }) => [Label, Datapoints?.length],
      )
    },
  },
  {
    name: 'alarms',
    async play(caller) {
      await caller.watches('put one', new PutMetricAlarmCommand(alarm))
      const more = { ...alarm, AlarmName: 'calm', Threshold: 10 }
      await caller.watches('put another one', new PutMetricAlarmCommand(more))
      await caller.watches('change one', new PutMetricAlarmCommand({ ...alarm, Threshold: 60 }))
      const set = { StateValue: 'ALARM', StateReason: 'a test' } as const
      await caller.watches('set a state', new SetAlarmStateCommand({ AlarmName: 'busy', ...set }))
      await caller.watches(
        'one by its name',
        new DescribeAlarmsCommand({ AlarmNames: ['busy'] }),
        namesAndStates,
      )
      await caller.watches(
        'those of a prefix',
        new DescribeAlarmsCommand({ AlarmNamePrefix: 'c' }),
        ({ MetricAlarms }) => MetricAlarms?.map(({ AlarmName }) => AlarmName),
      )
      await caller.watches('delete one', new DeleteAlarmsCommand({ AlarmNames: ['busy'] }))
      await caller.refusesToWatch(
        'delete one that is not there',
        'ResourceNotFound',
        new DeleteAlarmsCommand({ AlarmNames: ['busy'] }),
      )
      await caller.refusesToWatch(
        'set the state of one that is not there',
        'ResourceNotFound',
        new SetAlarmStateCommand({ AlarmName: 'busy', ...set }),
      )
      await caller.watches('what is left', new DescribeAlarmsCommand({}), ({ MetricAlarms }) =>
        MetricAlarms?.map(({ AlarmName }) => AlarmName),
      )
    },
  },
]
