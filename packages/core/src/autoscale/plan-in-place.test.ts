import { expect, test } from 'vitest'

import { nameOf, sampleGoal, sampleVersion } from '../../test/sample-fleet.ts'
import { rolloutTags } from './fleet.ts'
import { planInPlace } from './plan-in-place.ts'

const name = nameOf(0)

test('a version that is as declared is left alone', () => {
  const commit = { [rolloutTags.commit]: 'abc' }
  const version = sampleVersion(0, 'live', 'a', { group: { tags: commit, desired: 3 } })
  expect(planInPlace(version, sampleGoal('a'))).toEqual([])
  expect(planInPlace(version, sampleGoal('a', { commit: 'abc' }))).toEqual([])
})

test('sizes, target groups and the commit change in place; what is attached comes before what is detached', () => {
  const goal = sampleGoal('a', {
    sizes: { min: 2, max: 8, desired: 2 },
    targetGroupArns: ['tg-b', 'tg-c'],
    commit: 'def',
  })
  const version = sampleVersion(0, 'live', 'a', { group: { targetGroupArns: ['tg-a', 'tg-b'] } })
  expect(planInPlace(version, goal)).toEqual([
    { do: 'resize', name, change: { max: 8 }, from: { max: 4 } },
    { do: 'attach', name, targetGroupArns: ['tg-c'] },
    { do: 'detach', name, targetGroupArns: ['tg-a'] },
    { do: 'tag-commit', name, commit: 'def' },
  ])
})
