import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { JsonObject } from '../groups/json.ts'
import type { ScalingPolicy } from '../groups/node-group.ts'
import type { GroupSetting } from '../ports/cloud/scaling-groups.ts'
import { autoscaleOf } from './autoscale-defaults.ts'
import { declaredSettings } from './declared-settings.ts'
import { isOurs, planSettings, settingLines, type SettingStep } from './setting-steps.ts'

const policies: ScalingPolicy[] = [
  { name: 'cpu', type: 'target_tracking', metric: 'cpu', target: 60 },
  { name: 'up', type: 'step', metric: 'cpu', comparison: '>', threshold: 80, steps: [{ change: 1 }] },
]
const autoscale = { node_max: 4, policies, schedule: [{ cron: '0 7 * * *', desired: 2 }] }
const wanted = declaredSettings(
  autoscaleOf({ name: 'web', own: {}, fields: { autoscale, iam_instance_profile: 'web' } }),
  { owner: { project: 'hive', environment: undefined }, group: 'web', traffic: undefined },
)
const byHand: GroupSetting = { kind: 'policy', name: 'by-hand', definition: { PolicyType: 'SimpleScaling' } }

function changed(name: string, change: (definition: JsonObject) => JsonObject): GroupSetting[] {
  return wanted.map((each) => (each.name === name ? { ...each, definition: change(each.definition) } : each))
}

function steps(actual: GroupSetting[], carried: GroupSetting[] = [], declared = wanted) {
  return planSettings('web-v001', declared, actual, carried).map((step) => `${step.do} ${step.setting.name}`)
}

describe('the settings of a group', () => {
  test('are put where they are missing', () => {
    expect(planSettings('web-v001', wanted, [], [])).toEqual(
      wanted.map((setting) => ({ do: 'put-setting', name: 'web-v001', setting })),
    )
  })

  test('are put where they differ, alarms included', () => {
    expect(steps(changed('package-converged', (each) => ({ ...each, HeartbeatTimeout: 60 })))).toEqual([
      'put-setting package-converged',
    ])
    expect(steps(changed('package/up', (each) => ({ ...each, Alarms: [] })))).toEqual([
      'put-setting package/up',
    ])
    expect(steps(changed('package/cpu', (each) => ({ ...each, Enabled: false })))).toEqual([
      'put-setting package/cpu',
    ])
  })

  test('are made anew where a put would leave something of the old one', () => {
    const withMore = (more: JsonObject) => (each: JsonObject) => ({ ...each, ...more })
    expect(steps(changed('package/schedule-1', withMore({ MaxSize: 9 })))).toEqual([
      'remove-setting package/schedule-1',
      'put-setting package/schedule-1',
    ])
    expect(steps(changed('package/cpu', withMore({ PolicyType: 'SimpleScaling' })))).toEqual([
      'remove-setting package/cpu',
      'put-setting package/cpu',
    ])
  })

  test('are removed once nodes.json has them no more', () => {
    expect(steps([...wanted, byHand], [], wanted.slice(0, 2))).toEqual([
      'remove-setting package/up',
      'remove-setting package/schedule-1',
    ])
  })

  test('that others have added are carried where they are missing, and ours are not', () => {
    const gone = { ...byHand, name: 'package/gone' }
    expect(steps(wanted, [byHand, gone])).toEqual(['put-setting by-hand'])
    expect(steps([...wanted, { ...byHand, definition: {} }], [byHand])).toEqual([])
  })

  test('of different kinds may have one name', () => {
    const hook: GroupSetting = { ...byHand, kind: 'hook', name: 'package/cpu' }
    expect(steps([...wanted, hook])).toEqual([])
    expect(isOurs({ ...byHand, kind: 'notification', name: 'package/topic' })).toBe(false)
  })
})

describe('what AWS adds to an answer', () => {
  test.each([
    ['the next time of a schedule', 'package/schedule-1', { StartTime: '2030-01-01T07:00:00Z', Time: 'x' }],
    ['empty members', 'package/cpu', { StepAdjustments: [], PredictiveScalingConfiguration: {} }],
    [
      'the alarms of target tracking',
      'package/cpu',
      { Alarms: [{ AlarmName: 'TargetTracking-web-v001-AlarmHigh' }] },
    ],
    ['where a hook is announced', 'package-converged', { RoleARN: 'arn', GlobalTimeout: 90_000 }],
  ])('is no difference: %s', (_, name, more) => {
    expect(steps(changed(name, (each) => ({ ...each, ...more })))).toEqual([])
  })

  test('is no difference: defaults that it leaves out', () => {
    const without =
      (...members: string[]) =>
      (each: JsonObject) =>
        Object.fromEntries(Object.entries(each).filter(([member]) => !members.includes(member)))
    expect(steps(changed('package/cpu', without('Enabled')))).toEqual([])
    expect(steps(changed('package/schedule-1', without('TimeZone')))).toEqual([])
  })

  test('is no difference: another order', () => {
    const dimensions = (...names: string[]) => ({ Dimensions: names.map((Name) => ({ Name, Value: 'x' })) })
    const policy = (definition: JsonObject): GroupSetting => ({
      kind: 'policy',
      name: 'package/p',
      definition,
    })
    expect(steps([policy(dimensions('b', 'a'))], [], [policy(dimensions('a', 'b'))])).toEqual([])
    expect(steps([policy(dimensions('b', 'c'))], [], [policy(dimensions('a', 'b'))])).toEqual([
      'put-setting package/p',
    ])
  })

  test('is no difference: an alarm of somebody else at our policy', () => {
    const more = { AlarmName: 'theirs', Threshold: 1 }
    const add = (each: JsonObject) => ({ ...each, Alarms: [more, ...(each['Alarms'] as JsonObject[])] })
    expect(steps(changed('package/up', add))).toEqual([])
  })
})

test('lines say what a group will do by itself', () => {
  const plan = planSettings('web-v001', wanted, [{ ...byHand, name: 'package/old' }], [byHand])
  expect(plan.flatMap(settingLines)).toEqual([
    'web-v001: set hook package-converged: a node has 900 s for its first Chef run',
    'web-v001: set policy package/cpu: keep ASGAverageCPUUtilization at 60',
    'web-v001: set policy package/up: CPUUtilization GreaterThanThreshold 80: +1',
    'web-v001: set schedule package/schedule-1: desired 2 at 0 7 * * * (Etc/UTC)',
    'web-v001: carry over policy by-hand',
    'web-v001: remove policy package/old',
  ])
})

const keyOf = ({ kind, name }: GroupSetting) => `${kind} ${name}`
const setting = fc.record({
  kind: fc.constantFrom('policy' as const, 'schedule' as const, 'hook' as const, 'notification' as const),
  name: fc.constantFrom('package/a', 'package/b', 'package-converged', 'by-hand', 'packages/a'),
  definition: fc.record(
    {
      PolicyType: fc.constantFrom('StepScaling', 'SimpleScaling'),
      MinSize: fc.nat(1),
      TimeZone: fc.constantFrom('Etc/UTC', 'Europe/Berlin'),
      Enabled: fc.boolean(),
      Alarms: fc.subarray([{ AlarmName: 'a' }, { AlarmName: 'b', Threshold: 1 }]),
    },
    { requiredKeys: [] },
  ),
})
const someSettings = fc.uniqueArray(setting, { selector: keyOf, maxLength: 8 })
const oursOnly = someSettings.map((list) => list.filter(isOurs))

/** As AWS does it at its worst: what a put does not say stays. */
function apply(actual: GroupSetting[], plan: SettingStep[]): GroupSetting[] {
  const after = new Map(actual.map((each) => [keyOf(each), each]))
  for (const { do: what, setting: each } of plan) {
    const before = after.get(keyOf(each))
    after.delete(keyOf(each))
    if (what === 'put-setting') {
      after.set(keyOf(each), { ...each, definition: { ...before?.definition, ...each.definition } })
    }
  }
  return [...after.values()]
}

describe('carrying out the plan', () => {
  test("leaves nothing to do, all others' settings as they were, and none of ours too many", () => {
    fc.assert(
      fc.property(oursOnly, someSettings, someSettings, (declared, actual, carried) => {
        const plan = planSettings('g', declared, actual, carried)
        const after = apply(actual, plan)
        expect(planSettings('g', declared, after, carried)).toEqual([])
        const others = (list: GroupSetting[]) => list.filter((each) => !isOurs(each))
        expect(after).toEqual(expect.arrayContaining(others(actual)))
        expect(new Set(others(after).map(keyOf))).toEqual(new Set(others([...actual, ...carried]).map(keyOf)))
        expect(new Set(after.filter(isOurs).map(keyOf))).toEqual(new Set(declared.map(keyOf)))
      }),
      { numRuns: 500 },
    )
  })
})
