import { describe, expect, test } from 'vitest'

import type { Autoscale, ScalingPolicy } from '../groups/node-group.ts'
import type { JsonObject } from '../groups/json.ts'
import { autoscaleOf } from './autoscale-defaults.ts'
import { declaredSettings } from './declared-settings.ts'

const elb = 'arn:aws:elasticloadbalancing:eu-central-1:123456789012'
const traffic = {
  loadBalancer: `${elb}:loadbalancer/app/hive-web/778d41231b141a0f`,
  targetGroup: `${elb}:targetgroup/hive-web-80/943f017f100becff`,
}

function settings(autoscale: Autoscale, environment?: string, arns: typeof traffic | undefined = traffic) {
  const group = { name: 'web', own: {}, fields: { autoscale, iam_instance_profile: 'web' } }
  return declaredSettings(autoscaleOf(group), {
    owner: { project: 'hive', environment },
    group: 'web',
    traffic: arns,
  })
}

function definition(policy: ScalingPolicy, environment?: string): JsonObject {
  const [found] = settings({ converge: 'none', policies: [policy] }, environment)
  expect(found).toMatchObject({ kind: 'policy', name: `package/${policy.name}` })
  return found?.definition ?? {}
}

const tracking = { name: 'p', type: 'target_tracking', target: 60 } as const
const step: Extract<ScalingPolicy, { type: 'step' }> = {
  name: 'p',
  type: 'step',
  metric: 'cpu',
  comparison: '>=',
  threshold: 80,
  steps: [{ change: 2 }],
}
const steps = (change: Partial<typeof step>) => definition({ ...step, ...change })

describe('target tracking', () => {
  test('of CPU', () => {
    expect(definition({ ...tracking, metric: 'cpu' })).toEqual({
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingConfiguration: {
        PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
        TargetValue: 60,
        DisableScaleIn: false,
      },
      EstimatedInstanceWarmup: 300,
      Enabled: true,
    })
  })

  test('of requests names load balancer and target group as AWS does', () => {
    expect(definition({ ...tracking, metric: 'requests_per_target', scale_in: false })).toMatchObject({
      TargetTrackingConfiguration: {
        PredefinedMetricSpecification: {
          PredefinedMetricType: 'ALBRequestCountPerTarget',
          ResourceLabel: 'app/hive-web/778d41231b141a0f/targetgroup/hive-web-80/943f017f100becff',
        },
        DisableScaleIn: true,
      },
    })
  })

  test('of a metric by its name', () => {
    const metric = { namespace: 'A', name: 'B', dimensions: { c: 'd' }, statistic: 'sample_count' } as const
    expect(definition({ ...tracking, metric })).toMatchObject({
      TargetTrackingConfiguration: {
        CustomizedMetricSpecification: {
          Namespace: 'A',
          MetricName: 'B',
          Dimensions: [{ Name: 'c', Value: 'd' }],
          Statistic: 'SampleCount',
        },
      },
    })
  })
})

describe('a step policy', () => {
  test('has its alarm with it, under a name that all versions of the group share', () => {
    expect(
      definition(
        {
          ...step,
          steps: [
            { from: 0, to: 10, change: 1 },
            { from: 10, change: 2 },
          ],
        },
        'test',
      ),
    ).toEqual({
      PolicyType: 'StepScaling',
      AdjustmentType: 'ChangeInCapacity',
      MetricAggregationType: 'Average',
      StepAdjustments: [
        { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 10, ScalingAdjustment: 1 },
        { MetricIntervalLowerBound: 10, ScalingAdjustment: 2 },
      ],
      Alarms: [
        {
          AlarmName: 'hive/test/web/p',
          Namespace: 'AWS/EC2',
          MetricName: 'CPUUtilization',
          Dimensions: [{ Name: 'AutoScalingGroupName', Value: '{AutoScalingGroupName}' }],
          Statistic: 'Average',
          ComparisonOperator: 'GreaterThanOrEqualToThreshold',
          Threshold: 80,
          Period: 300,
          EvaluationPeriods: 1,
        },
      ],
      EstimatedInstanceWarmup: 300,
      Enabled: true,
    })
  })

  test.each([
    ['>' as const, 'MetricIntervalLowerBound'],
    ['>=' as const, 'MetricIntervalLowerBound'],
    ['<' as const, 'MetricIntervalUpperBound'],
    ['<=' as const, 'MetricIntervalUpperBound'],
  ])('with %s and no bounds begins at the threshold', (comparison, bound) => {
    expect(steps({ comparison })['StepAdjustments']).toEqual([{ [bound]: 0, ScalingAdjustment: 2 }])
  })

  test.each([
    ['>' as const, 'GreaterThanThreshold'],
    ['<' as const, 'LessThanThreshold'],
    ['<=' as const, 'LessThanOrEqualToThreshold'],
  ])('compares with %s as %s', (comparison, operator) => {
    const found = steps({ comparison, period: 60, periods: 3 })
    expect(found['Alarms']).toMatchObject([
      { ComparisonOperator: operator, Period: 60, EvaluationPeriods: 3 },
    ])
  })

  test('of requests counts them per target', () => {
    const found = steps({ metric: 'requests_per_target' })
    expect(found['Alarms']).toMatchObject([
      {
        Namespace: 'AWS/ApplicationELB',
        MetricName: 'RequestCountPerTarget',
        Statistic: 'Sum',
        Dimensions: [
          { Name: 'LoadBalancer', Value: 'app/hive-web/778d41231b141a0f' },
          { Name: 'TargetGroup', Value: 'targetgroup/hive-web-80/943f017f100becff' },
        ],
      },
    ])
  })

  test.each([
    ['maximum' as const, 'Maximum'],
    ['minimum' as const, 'Minimum'],
    ['sum' as const, 'Average'],
  ])('aggregates a %s as %s', (statistic, aggregation) => {
    const metric = { namespace: 'A', name: 'B', statistic }
    expect(steps({ metric })['MetricAggregationType']).toBe(aggregation)
  })
})

describe('the launch hook', () => {
  test.each([
    [10, 30],
    [900, 900],
    [14_400, 7200],
  ])('for a health_timeout of %i s waits %i s, within what AWS allows', (health_timeout, heartbeat) => {
    expect(settings({ converge: 'hook', health_timeout })).toEqual([
      {
        kind: 'hook',
        name: 'package-converged',
        definition: {
          LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
          HeartbeatTimeout: heartbeat,
          DefaultResult: 'ABANDON',
        },
      },
    ])
  })
})

test('scheduled actions are numbered, and say only what they set', () => {
  const schedule = [
    { cron: '0 7 * * *', time_zone: 'Europe/Berlin', node_min: 0, node_max: 4, desired: 0 },
    { cron: '0 8 * * *', node_min: 1 },
  ]
  expect(settings({ converge: 'none', node_min: 0, node_max: 4, schedule })).toEqual([
    {
      kind: 'schedule',
      name: 'package/schedule-1',
      definition: {
        Recurrence: '0 7 * * *',
        TimeZone: 'Europe/Berlin',
        MinSize: 0,
        MaxSize: 4,
        DesiredCapacity: 0,
      },
    },
    {
      kind: 'schedule',
      name: 'package/schedule-2',
      definition: { Recurrence: '0 8 * * *', TimeZone: 'Etc/UTC', MinSize: 1 },
    },
  ])
})
