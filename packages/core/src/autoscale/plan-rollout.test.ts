import { describe, expect, test } from 'vitest'

import { done, removed, replaced, retired, words } from '../../test/rollout-words.ts'
import {
  launchHook,
  leaving,
  live,
  nameOf,
  sampleGoal,
  sampleGround,
  sampleTemplate,
  sampleVersion,
  someOwner,
  staging,
} from '../../test/sample-fleet.ts'
import type { GroupSetting } from '../ports/cloud/scaling-groups.ts'
import type { Version } from './fleet.ts'
import { planRollout } from './plan-rollout.ts'

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
  [
    'with another one begun, which is taken over, and goes',
    [live(0, 'a'), staging(1, 'c')],
    ['claim 1', 'mark-updated 0', ...removed(1), ...replaced(2, 0)],
  ],
  [
    'with others at work on what is in charge and on what is to be, which are taken over first',
    [live(0, 'a', { owner: someOwner }), staging(1, 'c')],
    ['claim 0', 'claim 1', 'mark-updated 0', ...removed(1), ...replaced(2, 0)],
  ],
  [
    'with the wanted one begun twice, of which one goes',
    [live(0, 'a'), staging(1, 'b'), staging(2, 'b', { template: 2 })],
    ['claim 1', 'claim 2', ...removed(1), ...replaced(2, 0).slice(1)],
  ],
  [
    'with the wanted one begun and failed, which is not gone on with',
    [live(0, 'a'), sampleVersion(1, 'failed', 'b')],
    ['claim 1', 'mark-updated 0', ...removed(1), ...replaced(2, 0)],
  ],
  [
    'with the wanted one in charge, and a failed one',
    [live(0, 'b'), sampleVersion(1, 'failed', 'c')],
    ['claim 1', 'claim 0', ...removed(1), 'tidy-template 0', 'release 0'],
  ],
  [
    'with the wanted one, whose launch template somebody has made anew',
    [live(0, 'b', { group: { templates: [{ id: 'lt-0', version: '1' }] } })],
    replaced(1, 0),
  ],
  [
    'with the wanted one begun and deleted by hand',
    [live(0, 'a'), staging(1, 'b', deleting)],
    ['mark-updated 0', 'delete-version 1', ...replaced(2, 0)],
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
    [...replaced(2, 1).slice(0, 6), ...retired(1, 2), ...retired(0, 2), ...done(2)],
  ],
  [
    'with the wanted one in charge, frozen by an update that is not wanted any more',
    [live(0, 'b', { frozen: ['AZRebalance'] }), staging(1, 'c')],
    ['claim 1', 'claim 0', ...removed(1), 'thaw 0', 'tidy-template 0', 'release 0'],
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

  test('replaces the wanted one where its version of the launch template is gone, and notes the way back past it', () => {
    const ground = sampleGround([live(1, 'b')], [sampleTemplate(1, 'a')])
    const plan = planRollout(ground, sampleGoal('b'))
    expect(words(plan)).toEqual(replaced(2, 1))
    expect(plan[0]).toMatchObject({ template: { id: 'lt-1', previous: 1, newest: 1 } })
    expect(plan[0]).not.toHaveProperty('template.version')
  })

  test('has the next one begin with the live capacity, and all that others have added', () => {
    const alarm: GroupSetting = { kind: 'policy', name: 'by-hand', definition: {} }
    const other: GroupSetting = { kind: 'hook', name: 'drain', definition: {} }
    const ground = sampleGround([live(0, 'a', { group: { desired: 4 } })])
    const settings = new Map([[nameOf(0), [launchHook, alarm, other]]])
    const plan = planRollout({ ...ground, settings }, sampleGoal('b'))
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

  test('of a rollback that was cut off is gone on with by a rollback, and not by an update to the same', () => {
    const templates = [sampleTemplate(1, 'a'), sampleTemplate(2, 'b', 1)]
    const half = sampleGround([live(1, 'b'), staging(2, 'a', { template: 1 })], templates)
    const rollback = sampleGoal('a', { template: { digest: 'a', version: 1 } })
    expect(words(planRollout(half, rollback))[0]).toBe('claim 2')
    expect(words(planRollout(half, sampleGoal('a')))).toContain('create-version 3')
  })

  test('of a rollback that nobody is at work on any more is at its end only when that is said', () => {
    const left = sampleGround([live(2, 'a', { rollbackOf: nameOf(1) })])
    expect(words(planRollout(left, sampleGoal('a')))).toEqual(['claim 2', 'release 2'])
  })
})
