import { describe, expect, test } from 'vitest'

import { applied } from '../../test/apply-plan.ts'
import { replaced, words } from '../../test/rollout-words.ts'
import { live, nameOf, sampleGoal, sampleGround } from '../../test/sample-fleet.ts'
import { planRollout, planTakeBack } from './plan-rollout.ts'

describe('an update', () => {
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
})
