import { expect, test } from 'vitest'

import { removed, words } from '../../test/rollout-words.ts'
import { launchHook, leaving, live, nameOf, sampleGround, staging } from '../../test/sample-fleet.ts'
import type { Version } from './fleet.ts'
import { planTakeBack } from './plan-take-back.ts'

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
  const versions = sampleGround([live(0, 'a', { frozen: ['AZRebalance'] }), staging(1, 'b')])
  const byHand = { ...launchHook, name: 'by-hand' }
  const ground = { ...versions, settings: new Map([[nameOf(1), [byHand, launchHook]]]) }
  const plan = planTakeBack(ground, { keepFailed: true, idleTargetGroupArns: [] })
  expect(plan[0]).toMatchObject({ targetGroupArns: ['tg-a'], hook: launchHook })
  expect(words(plan)).toEqual(['keep-failed 1', 'detach 1', 'thaw 0', 'tidy-template 0', 'release 1'])
  const first = { ...sampleGround([staging(0, 'b')]), settings: new Map() }
  const kept = planTakeBack(first, { keepFailed: true, idleTargetGroupArns: [] })
  expect(words(kept)).toEqual(['keep-failed 0', 'detach 0', 'tidy-template 0', 'release 0'])
})
