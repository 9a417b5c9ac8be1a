import { expect, test } from 'vitest'

import { nameOf, sampleGoal, sampleVersion } from '../../test/sample-fleet.ts'
import { rolloutTags } from './fleet.ts'
import { planInPlace, targetGroupsDue } from './plan-in-place.ts'

const name = nameOf(0)
const noneForeign = { arns: [], previous: undefined }

test('a version that is as declared is left alone', () => {
  const commit = { [rolloutTags.commit]: 'abc' }
  const version = sampleVersion(0, 'live', 'a', { group: { tags: commit, desired: 3 } })
  expect(planInPlace(version, sampleGoal('a'), noneForeign)).toEqual([])
  expect(planInPlace(version, sampleGoal('a', { commit: 'abc' }), noneForeign)).toEqual([])
})

test('sizes, target groups and the commit change in place; what is attached comes before what is detached', () => {
  const goal = sampleGoal('a', {
    sizes: { min: 2, max: 8, desired: 2 },
    targetGroupArns: ['tg-b', 'tg-c'],
    commit: 'def',
  })
  const version = sampleVersion(0, 'live', 'a', { group: { targetGroupArns: ['tg-a', 'tg-b'] } })
  expect(planInPlace(version, goal, noneForeign)).toEqual([
    { do: 'resize', name, change: { max: 8 }, from: { max: 4 } },
    { do: 'attach', name, targetGroupArns: ['tg-c'] },
    { do: 'detach', name, targetGroupArns: ['tg-a'] },
    { do: 'tag-commit', name, commit: 'def' },
  ])
})

test('what others have attached it to stays, and what they have attached the one before to is carried over', () => {
  const goal = sampleGoal('a', { targetGroupArns: ['tg-b'] })
  const previous = sampleVersion(0, 'retiring', 'a', { group: { targetGroupArns: ['tg-a', 'more'] } })
  const version = sampleVersion(1, 'live', 'a', { group: { targetGroupArns: ['tg-a', 'tg-b', 'theirs'] } })
  const foreign = { arns: ['theirs', 'more'], previous }
  expect(targetGroupsDue(goal, foreign)).toEqual(['tg-b', 'more'])
  expect(planInPlace(version, goal, foreign)).toEqual([
    { do: 'attach', name: nameOf(1), targetGroupArns: ['more'] },
    { do: 'detach', name: nameOf(1), targetGroupArns: ['tg-a'] },
  ])
})
