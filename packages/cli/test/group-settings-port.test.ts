import type { JsonObject } from '@package/core/groups/json'
import type { GroupSetting } from '@package/core/ports/cloud/scaling-groups'
import { describe, expect, test } from 'vitest'

import { sandboxWorld } from './cloud-worlds.ts'
import { describeWorlds, hook, siteIn } from './scaling-site.ts'

const tracking: GroupSetting = {
  kind: 'policy',
  name: 'package/cpu',
  definition: {
    Enabled: true,
    EstimatedInstanceWarmup: 120,
    PolicyType: 'TargetTrackingScaling',
    TargetTrackingConfiguration: {
      DisableScaleIn: false,
      PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
      TargetValue: 60,
    },
  },
}

const alarm: JsonObject = {
  AlarmName: 'bees/hive/busy',
  ComparisonOperator: 'GreaterThanThreshold',
  Dimensions: [{ Name: 'AutoScalingGroupName', Value: '{AutoScalingGroupName}' }],
  EvaluationPeriods: 2,
  MetricName: 'CPUUtilization',
  Namespace: 'AWS/EC2',
  Period: 300,
  Statistic: 'Average',
  Threshold: 80,
}

const step: GroupSetting = {
  kind: 'policy',
  name: 'package/busy',
  definition: {
    AdjustmentType: 'ChangeInCapacity',
    Alarms: [alarm],
    Enabled: true,
    EstimatedInstanceWarmup: 120,
    MetricAggregationType: 'Average',
    PolicyType: 'StepScaling',
    StepAdjustments: [
      { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 10, ScalingAdjustment: 1 },
      { MetricIntervalLowerBound: 10, ScalingAdjustment: 2 },
    ],
  },
}

const night: GroupSetting = {
  kind: 'schedule',
  name: 'package/schedule-1',
  definition: { DesiredCapacity: 0, MinSize: 0, Recurrence: '0 20 * * MON-FRI', TimeZone: 'Europe/Zurich' },
}

const topic = 'arn:aws:sns:us-east-1:123456789012:bees'

function notification(type: string): GroupSetting {
  const definition = { NotificationType: type, TopicARN: topic }
  return { kind: 'notification', name: `${topic} ${type}`, definition }
}

describeWorlds('the settings of groups', (site) => {
  test.each([
    ['target tracking', tracking],
    ['steps, with their alarm', step],
    ['schedule', night],
    ['hook', hook],
  ])('%s: what is put comes back, and what is removed stays away', async (_what, setting) => {
    const { cloud, createGroup } = await site()
    await createGroup({ desired: 0 })
    await cloud.putGroupSetting('hive-v000', setting)
    await cloud.putGroupSetting('hive-v000', setting)
    const found = await cloud.groupSettings('hive-v000')
    expect(JSON.stringify(found)).toBe(JSON.stringify([setting]))
    await cloud.removeGroupSetting('hive-v000', setting)
    await cloud.removeGroupSetting('hive-v000', setting)
    expect(await cloud.groupSettings('hive-v000')).toEqual([])
  })
})

describe('the settings of groups', () => {
  async function twoGroups() {
    const site = await siteIn(sandboxWorld())
    await site.createGroup({ desired: 0 })
    await site.createGroup({ desired: 0, name: 'hive-v001' })
    return site
  }

  test('go from one group to the next as they are, and the alarm with them', async () => {
    const { cloud } = await twoGroups()
    const simple: GroupSetting = {
      kind: 'policy',
      name: 'by hand',
      definition: {
        AdjustmentType: 'ExactCapacity',
        Enabled: true,
        PolicyType: 'SimpleScaling',
        ScalingAdjustment: 3,
      },
    }
    for (const each of [tracking, step, simple, night, hook]) await cloud.putGroupSetting('hive-v000', each)
    const before = await cloud.groupSettings('hive-v000')
    for (const each of before) await cloud.putGroupSetting('hive-v001', each)
    expect(await cloud.groupSettings('hive-v001')).toEqual(before)
    const old = (await cloud.groupSettings('hive-v000')).find(({ name }) => name === step.name)
    expect(old?.definition['Alarms']).toBeUndefined()
    await cloud.removeGroupSetting('hive-v000', step)
    expect(await cloud.groupSettings('hive-v001')).toEqual(before)
  })

  test('an alarm of two policies acts on both, and outlives the first', async () => {
    const { cloud } = await twoGroups()
    const other = { ...step, name: 'package/other' }
    await cloud.putGroupSetting('hive-v000', step)
    await cloud.putGroupSetting('hive-v000', other)
    const alarms = async () =>
      (await cloud.groupSettings('hive-v000')).map(({ name, definition }) => [name, definition['Alarms']])
    expect(await alarms()).toEqual([
      [step.name, [alarm]],
      [other.name, [alarm]],
    ])
    await cloud.removeGroupSetting('hive-v000', step)
    expect(await alarms()).toEqual([[other.name, [alarm]]])
    await cloud.removeGroupSetting('hive-v000', other)
    await cloud.putGroupSetting('hive-v000', { ...step, definition: { ...step.definition, Alarms: [] } })
    expect(await alarms()).toEqual([[step.name, undefined]])
  })

  test('alarms are found by how their names begin, with all that they do', async () => {
    const { cloud } = await twoGroups()
    expect(await cloud.alarmsNamedLike('bees/')).toEqual([])
    const message = { ...alarm, AlarmName: 'bees/hive/told', OKActions: [topic] }
    const told = { ...step, name: 'package/told', definition: { ...step.definition, Alarms: [message] } }
    await cloud.putGroupSetting('hive-v000', step)
    await cloud.putGroupSetting('hive-v000', told)
    const policy = (name: string) =>
      expect.stringMatching(new RegExp(`hive-v000:policyName/${name}$`)) as string
    expect(await cloud.alarmsNamedLike('bees/')).toEqual([
      { name: 'bees/hive/busy', actions: [policy(step.name)] },
      { name: 'bees/hive/told', actions: [topic, policy(told.name)] },
    ])
    expect(await cloud.alarmsNamedLike('bees/hive/t')).toHaveLength(1)
    await cloud.deleteAlarms(['bees/hive/busy', 'bees/hive/never'])
    expect(await cloud.alarmsNamedLike('bees/')).toHaveLength(1)
  })

  test('each kind of notification is a setting of its own', async () => {
    const { cloud } = await twoGroups()
    const launched = notification('autoscaling:EC2_INSTANCE_LAUNCH')
    const failed = notification('autoscaling:EC2_INSTANCE_LAUNCH_ERROR')
    await cloud.putGroupSetting('hive-v000', launched)
    await cloud.putGroupSetting('hive-v000', failed)
    expect(await cloud.groupSettings('hive-v000')).toEqual([launched, failed])
    await cloud.removeGroupSetting('hive-v000', launched)
    expect(await cloud.groupSettings('hive-v000')).toEqual([failed])
    await cloud.removeGroupSetting('hive-v000', failed)
    expect(await cloud.groupSettings('hive-v000')).toEqual([])
  })

  test('a start is told only where it is not just the next run', async () => {
    const { cloud, now, pass } = await twoGroups()
    const midnight = (days: number) => {
      const day = 86_400_000
      return new Date(Math.ceil(now() / day + days) * day).toISOString()
    }
    const once = {
      kind: 'schedule',
      name: 'once',
      definition: { MaxSize: 3, StartTime: midnight(1) },
    } as const
    const fromThen = {
      kind: 'schedule',
      name: 'from then',
      definition: { MaxSize: 3, Recurrence: '0 0 * * *', StartTime: midnight(40), TimeZone: 'Etc/UTC' },
    } as const
    for (const each of [once, fromThen, night]) await cloud.putGroupSetting('hive-v000', each)
    const found = await cloud.groupSettings('hive-v000')
    expect(new Set(found)).toEqual(new Set([once, fromThen, night]))
    await pass(50 * 86_400)
    for (const each of found) await cloud.putGroupSetting('hive-v001', each)
    const started = { ...fromThen.definition } as JsonObject
    delete started['StartTime']
    expect(new Set(await cloud.groupSettings('hive-v001'))).toEqual(
      new Set([{ ...fromThen, definition: started }, night]),
    )
  })
})
