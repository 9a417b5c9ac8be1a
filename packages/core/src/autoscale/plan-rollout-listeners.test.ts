import { describe, expect, test } from 'vitest'

import { applied } from '../../test/apply-plan.ts'
import { replaced, words } from '../../test/rollout-words.ts'
import { live, nameOf, sampleGoal, sampleGround } from '../../test/sample-fleet.ts'
import { planRollout } from './plan-rollout.ts'
import { planTakeBack } from './plan-take-back.ts'

describe('an update', () => {
  test('moves listeners once the next one is healthy where they will forward to, before the old one goes', () => {
    const goal = sampleGoal('b', {
      targetGroupArns: ['tg-b'],
      staleTargetGroupArns: ['tg-a'],
      movesListeners: true,
      leavesRemovals: true,
    })
    const plan = planRollout(sampleGround([live(0, 'a')]), goal)
    const [before, after] = [replaced(1, 0).slice(0, 6), replaced(1, 0).slice(6)]
    // It stays claimed: what nothing uses any more is still to be removed.
    expect(words(plan)).toEqual([...before, 'move-listeners 1', ...after.slice(0, -1)])
  })

  test('moves listeners in place: what runs is not ended by checks of what gets no requests yet', () => {
    const goal = sampleGoal('b', {
      targetGroupArns: ['tg-b'],
      idleTargetGroupArns: ['tg-b'],
      staleTargetGroupArns: ['tg-a'],
      movesListeners: true,
      leavesRemovals: true,
    })
    const ground = sampleGround([live(0, 'b')])
    const plan = planRollout(ground, goal)
    expect(words(plan)).toEqual(
      ['claim', 'freeze', 'attach', 'await-healthy', 'move-listeners', 'thaw'].map((each) => `${each} 0`),
    )
    expect(plan).toContainEqual({ do: 'freeze', name: nameOf(0), processes: ['HealthCheck'] })
    const failed = applied(ground, plan.slice(0, 3))
    const back = planTakeBack(failed, { keepFailed: false, idleTargetGroupArns: ['tg-b'] })
    expect(words(back)).toEqual(['detach', 'thaw', 'tidy-template', 'release'].map((each) => `${each} 0`))
    expect(back[0]).toMatchObject({ targetGroupArns: ['tg-b'] })
  })
})
