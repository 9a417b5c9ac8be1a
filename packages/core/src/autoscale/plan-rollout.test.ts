import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { GroupSetting } from '../ports/cloud/scaling-groups.ts'
import { applied } from './apply-plan.ts'
import type { Version } from './fleet.ts'
import { planRollout, planTakeBack, planTakeDown, type Ground } from './plan-rollout.ts'
import type { RolloutStep } from './rollout-step.ts'
import {
  launchHook,
  nameOf,
  sampleGoal,
  sampleGround,
  sampleTemplate,
  sampleVersion,
  someOwner,
} from './sample-fleet.ts'

/** `empty 0`: what is done to which version. */
function words(steps: readonly RolloutStep[]): string[] {
  return steps.map((step) => ('name' in step ? `${step.do} ${String(Number(step.name.slice(-3)))}` : step.do))
}

/** With what comes in its place, if anything. */
const removed = (number: number, next?: number) => [
  `detach ${String(number)}`,
  ...(next === undefined ? [] : [`confirm-healthy ${String(next)}`]),
  `empty ${String(number)}`,
  `delete-version ${String(number)}`,
]
const retired = (number: number, next?: number) => [`retire ${String(number)}`, ...removed(number, next)]
const waits = (number: number) =>
  ['await-healthy', 'await-others', 'match-capacity'].map((each) => `${each} ${String(number)}`)
const done = (number: number) => [`tidy-template ${String(number)}`, `release ${String(number)}`]
const replaced = (next: number, live: number) => [
  `create-version ${String(next)}`,
  `freeze ${String(live)}`,
  ...waits(next),
  `promote ${String(next)}`,
  ...retired(live, next),
  ...done(next),
]

const live = (number: number, digest: string, more: Parameters<typeof sampleVersion>[3] = {}) =>
  sampleVersion(number, 'live', digest, more)
const staging = (number: number, digest: string, more: Parameters<typeof sampleVersion>[3] = {}) =>
  sampleVersion(number, 'staging', digest, { owner: someOwner, ...more })
const leaving = (number: number, digest: string) => sampleVersion(number, 'retiring', digest)
const deleting = { group: { isBeingDeleted: true } }

const cases: [string, Version[], string[]][] = [
  ['from nothing', [], ['create-version 0', 'await-healthy 0', 'promote 0', ...done(0)]],
  ['with the wanted one', [live(0, 'b')], []],
  ['with another one', [live(0, 'a')], replaced(1, 0)],
  [
    'with another one that is frozen still',
    [live(0, 'a', { group: { suspended: ['AZRebalance', 'AlarmNotification'] } })],
    replaced(1, 0).filter((each) => each !== 'freeze 0'),
  ],
  [
    'with the wanted one begun, which is gone on with',
    [live(0, 'a'), staging(1, 'b')],
    ['claim 1', ...replaced(1, 0).slice(1)],
  ],
  ['with another one begun, which goes', [live(0, 'a'), staging(1, 'c')], [...removed(1), ...replaced(2, 0)]],
  [
    'with the wanted one begun twice, of which one goes',
    [live(0, 'a'), staging(1, 'b'), staging(2, 'b')],
    [...removed(1), 'claim 2', ...replaced(2, 0).slice(1)],
  ],
  [
    'with the wanted one begun and failed, which is not gone on with',
    [live(0, 'a'), sampleVersion(1, 'failed', 'b')],
    [...removed(1), ...replaced(2, 0)],
  ],
  [
    'with the wanted one in charge, and a failed one',
    [live(0, 'b'), sampleVersion(1, 'failed', 'c')],
    ['claim 0', ...removed(1), 'tidy-template 0', 'release 0'],
  ],
  [
    'with the wanted one, whose launch template somebody has made anew',
    [live(0, 'b', { group: { templates: [{ id: 'lt-0', version: '1' }] } })],
    replaced(1, 0),
  ],
  [
    'with the wanted one begun and deleted by hand',
    [live(0, 'a'), staging(1, 'b', deleting)],
    ['delete-version 1', ...replaced(2, 0)],
  ],
  [
    'with the wanted one in charge, and the one before it still leaving',
    [leaving(0, 'a'), live(1, 'b', { owner: someOwner })],
    ['claim 1', 'await-healthy 1', ...removed(0, 1), 'tidy-template 1', 'release 1'],
  ],
  [
    'with two in charge, of which the higher is the wanted one',
    [live(0, 'a'), live(1, 'b', { owner: someOwner })],
    ['claim 1', 'await-healthy 1', ...retired(0, 1), 'tidy-template 1', 'release 1'],
  ],
  [
    'with two in charge, and neither is the wanted one',
    [live(0, 'a'), live(1, 'c')],
    [...replaced(2, 1).slice(0, 6), ...retired(0, 2), ...retired(1, 2), ...done(2)],
  ],
  [
    'with the wanted one in charge, frozen by an update that is not wanted any more',
    [live(0, 'b', { frozen: ['AZRebalance'] }), staging(1, 'c')],
    ['claim 0', ...removed(1), 'thaw 0', 'tidy-template 0', 'release 0'],
  ],
  [
    'with another one deleted by hand',
    [live(0, 'a', deleting)],
    replaced(1, 0).filter((each) => !/(freeze|retire|detach|empty) 0|confirm/.test(each)),
  ],
  [
    'with the wanted one deleted by hand',
    [live(0, 'b', deleting)],
    replaced(1, 0).filter((each) => !/(freeze|retire|detach|empty) 0|confirm/.test(each)),
  ],
]

describe('an update', () => {
  test.each(cases)('%s', (_, versions, expected) => {
    expect(words(planRollout(sampleGround(versions), sampleGoal('b')))).toEqual(expected)
  })

  test('that freezes once more keeps in mind what an earlier one has frozen', () => {
    const half = { frozen: ['AZRebalance', 'AlarmNotification'], group: { suspended: ['AZRebalance'] } }
    expect(planRollout(sampleGround([live(0, 'a', half)]), sampleGoal('b'))).toContainEqual({
      do: 'freeze',
      name: nameOf(0),
      processes: ['AZRebalance', 'AlarmNotification'],
    })
    const byHand = { group: { suspended: ['AZRebalance'] } }
    expect(planRollout(sampleGround([live(0, 'a', byHand)]), sampleGoal('b'))).toContainEqual({
      do: 'freeze',
      name: nameOf(0),
      processes: ['AlarmNotification'],
    })
  })

  test('replaces the wanted one where it is forced to, and not once more where it was cut off', () => {
    const goal = sampleGoal('b', { force: true })
    expect(words(planRollout(sampleGround([live(0, 'b')]), goal))).toEqual(replaced(1, 0))
    const cut = [live(0, 'b'), live(1, 'b', { owner: someOwner })]
    expect(words(planRollout(sampleGround(cut), goal))).not.toContain('create-version 2')
  })

  test('replaces the wanted one where its version of the launch template is gone, and notes no way back to it', () => {
    const ground = sampleGround([live(1, 'b')], [sampleTemplate(1, 'a')])
    const plan = planRollout(ground, sampleGoal('b'))
    expect(words(plan)).toEqual(replaced(2, 1))
    expect(plan[0]).toMatchObject({ template: { id: 'lt-1', previous: undefined, newest: 1 } })
    expect(plan[0]).not.toHaveProperty('template.version')
  })

  test('moves listeners once the next one is healthy where they will forward to, before the old one goes', () => {
    const goal = sampleGoal('b', {
      targetGroupArns: ['tg-b'],
      staleTargetGroupArns: ['tg-a'],
      movesListeners: true,
    })
    const plan = planRollout(sampleGround([live(0, 'a')]), goal)
    const [before, after] = [replaced(1, 0).slice(0, 6), replaced(1, 0).slice(6)]
    expect(words(plan)).toEqual([...before, 'move-listeners 1', ...after])
  })

  test('moves listeners in place: what runs is not ended by checks of what gets no requests yet', () => {
    const goal = sampleGoal('b', {
      targetGroupArns: ['tg-b'],
      idleTargetGroupArns: ['tg-b'],
      staleTargetGroupArns: ['tg-a'],
      movesListeners: true,
    })
    const ground = sampleGround([live(0, 'b')])
    const plan = planRollout(ground, goal)
    const ends = new Set(['tidy-template 0', 'release 0'])
    expect(words(plan).filter((each) => !ends.has(each))).toEqual(
      ['claim', 'freeze', 'attach', 'await-healthy', 'move-listeners', 'thaw'].map((each) => `${each} 0`),
    )
    expect(plan).toContainEqual({ do: 'freeze', name: nameOf(0), processes: ['HealthCheck'] })
    const failed = applied(ground, plan.slice(0, 3))
    const back = planTakeBack(failed, { keepFailed: false, idleTargetGroupArns: ['tg-b'] })
    expect(words(back)).toEqual(['detach', 'thaw', 'tidy-template', 'release'].map((each) => `${each} 0`))
    expect(back[0]).toMatchObject({ targetGroupArns: ['tg-b'] })
  })

  test('has the next one begin with the live capacity, and all that others have added', () => {
    const alarm: GroupSetting = { kind: 'policy', name: 'by-hand', definition: {} }
    const other: GroupSetting = { kind: 'hook', name: 'drain', definition: {} }
    const { fleet } = sampleGround([live(0, 'a', { group: { desired: 4 } })])
    const settings = new Map([[nameOf(0), [launchHook, alarm, other]]])
    const plan = planRollout({ fleet, settings, nameOf }, sampleGoal('b'))
    expect(plan[0]).toMatchObject({ sizes: { min: 2, max: 4, desired: 4 }, hooks: [launchHook, other] })
    expect(plan).toContainEqual({ do: 'put-setting', name: nameOf(1), setting: alarm })
  })

  test('of a rollback launches the version of the template that it names', () => {
    const { fleet, ...ground } = sampleGround(
      [live(1, 'b')],
      [sampleTemplate(1, 'a'), sampleTemplate(2, 'b', 1)],
    )
    const goal = sampleGoal('a', { template: { digest: 'a', version: 1 } })
    const [created] = planRollout({ fleet, ...ground }, goal)
    expect(created).toMatchObject({ do: 'create-version', template: { id: 'lt-1', version: 1 } })
  })
})

test.each<[string, Version[], string[]]>([
  [
    'goes where one is in charge',
    [live(0, 'a', { frozen: ['AZRebalance'] }), staging(1, 'b')],
    [...removed(1), 'thaw 0', 'tidy-template 0'],
  ],
  ['goes with its template where it was the first', [staging(0, 'b')], [...removed(0), 'delete-template']],
  ['stays where it is in charge already', [leaving(0, 'a'), live(1, 'b')], ['tidy-template 1']],
])('a version that fails %s', (_, versions, expected) => {
  expect(words(planTakeBack(sampleGround(versions)))).toEqual(expected)
})

test('a version that fails stays where that is wished, and nothing else', () => {
  const ground = sampleGround([live(0, 'a', { frozen: ['AZRebalance'] }), staging(1, 'b')])
  const plan = planTakeBack(ground, { keepFailed: true, idleTargetGroupArns: [] })
  expect(words(plan)).toEqual(['keep-failed 1', 'thaw 0', 'tidy-template 0', 'release 1'])
  const first = sampleGround([staging(0, 'b')])
  const kept = planTakeBack(first, { keepFailed: true, idleTargetGroupArns: [] })
  expect(words(kept)).toEqual(['keep-failed 0', 'tidy-template 0', 'release 0'])
})

test('a deletion takes alarms, versions and template', () => {
  const { fleet } = sampleGround([leaving(0, 'a'), live(1, 'b')])
  const alarmed: GroupSetting = { kind: 'policy', name: 'package/queue', definition: { Alarms: [] } }
  const settings = new Map([[nameOf(1), [launchHook, alarmed]]])
  const plan = planTakeDown({ fleet, settings, nameOf })
  expect(words(plan)).toEqual([
    'claim 1',
    'remove-setting 1',
    ...removed(0),
    ...retired(1),
    'delete-template',
  ])
  expect(planTakeDown(sampleGround([]))).toEqual([])
})

const phase = fc.constantFrom('staging' as const, 'live' as const, 'retiring' as const, 'failed' as const)
const digest = fc.constantFrom('a', 'b', 'c')
const frozen = fc.constantFrom([], ['AZRebalance', 'AlarmNotification'])

/** Whatever runs that were cut off, and people, can leave. */
const anyGround = fc
  .uniqueArray(
    fc.record({
      number: fc.nat(5),
      phase,
      digest,
      frozen,
      owner: fc.constantFrom(undefined, someOwner),
      isBeingDeleted: fc.boolean(),
      desired: fc.integer({ min: 0, max: 6 }),
    }),
    { selector: ({ number }) => number, maxLength: 4 },
  )
  .map((seeds) => {
    const versions = seeds
      .sort((a, b) => a.number - b.number)
      .map(({ number, phase: at, digest: of, frozen: some, owner, ...group }) => {
        // Only what is in charge is frozen.
        const suspended = at === 'staging' || at === 'failed' ? [] : [...some]
        return sampleVersion(number, at, of, { frozen: suspended, owner, group: { ...group, suspended } })
      })
    return sampleGround(versions)
  })

function settle(ground: Ground, force = false): Ground {
  return applied(ground, planRollout(ground, sampleGoal('b', { force })))
}

function expectSettled(ground: Ground): void {
  const { versions, live: serving, templates } = ground.fleet
  expect(versions).toHaveLength(1)
  expect(serving).toMatchObject({
    digest: 'b',
    owner: undefined,
    frozen: [],
    group: { isBeingDeleted: false, suspended: [] },
  })
  expect(templates.find(({ isDefault }) => isDefault)?.version).toBe(serving?.template)
  expect(planRollout(ground, sampleGoal('b'))).toEqual([])
}

describe('from whatever exists', () => {
  test('one version serves after the plan, the wanted one, and the next plan is empty', () => {
    fc.assert(fc.property(anyGround, fc.boolean(), (ground, force) => expectSettled(settle(ground, force))))
  })

  test('a plan that was cut off anywhere is gone on with', () => {
    fc.assert(
      fc.property(anyGround, fc.nat(), fc.boolean(), (ground, at, force) => {
        const plan = planRollout(ground, sampleGoal('b', { force }))
        const cut = applied(ground, plan.slice(0, plan.length === 0 ? 0 : at % plan.length))
        expectSettled(settle(cut))
      }),
    )
  })

  test('what is in charge is left alone until the next one is', () => {
    fc.assert(
      fc.property(anyGround, (ground) => {
        const plan = planRollout(ground, sampleGoal('b'))
        const name = ground.fleet.live?.group.name
        const promoted = plan.findIndex((step) => step.do === 'promote')
        const harmed = plan.findIndex(
          (step) =>
            'name' in step && step.name === name && /^(retire|detach|empty|delete-version)$/.test(step.do),
        )
        if (harmed !== -1) expect(promoted).toBeGreaterThan(-1)
        if (harmed !== -1) expect(harmed).toBeGreaterThan(promoted)
      }),
    )
  })

  test('after a failure is taken back, what was in charge is as before', () => {
    fc.assert(
      fc.property(anyGround, fc.nat(), (ground, at) => {
        const plan = planRollout(ground, sampleGoal('b'))
        const promoted = plan.findIndex((step) => step.do === 'promote')
        fc.pre(promoted !== -1 && ground.fleet.live?.group.isBeingDeleted === false)
        const failed = applied(ground, plan.slice(0, at % (promoted + 1)))
        const back = applied(failed, planTakeBack(failed)).fleet
        const { frozen: _frozen, owner: _owner, ...before } = ground.fleet.live ?? {}
        expect(back.live).toMatchObject({ ...before, frozen: [], owner: undefined, group: { suspended: [] } })
        expect(back.versions.at(-1)).toBe(back.live)
      }),
    )
  })

  test('nothing is left after a deletion', () => {
    fc.assert(
      fc.property(anyGround, (ground) => {
        const { fleet, settings } = applied(ground, planTakeDown(ground))
        expect([fleet.versions, fleet.templates, [...settings]]).toEqual([[], [], []])
      }),
    )
  })
})
