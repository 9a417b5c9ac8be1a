import { describe, expect, test } from 'vitest'

import { sampleGoal, sampleGround, sampleTemplate, sampleVersion } from '../../test/sample-fleet.ts'
import { history, nextTemplate, planTemplate } from './plan-template.ts'

const first = sampleTemplate(1, 'a')
const second = sampleTemplate(2, 'b', 1)
const failed = sampleTemplate(3, 'c', 2)
const third = sampleTemplate(4, 'd', 2)

describe('what stays of a launch template', () => {
  const setDefault = { do: 'set-default-template', templateId: 'lt-1' }
  const remove = { do: 'delete-template-versions', templateId: 'lt-1' }

  test.each<[string, number, number[], object[]]>([
    [
      'the live version and what rollbacks lead to',
      4,
      [3],
      [
        { ...setDefault, version: 4 },
        { ...remove, versions: [3] },
      ],
    ],
    ['also what a version is launched from still', 4, [3, 2], [{ ...setDefault, version: 4 }]],
    [
      'after a rollback only what came before',
      1,
      [0],
      [
        { ...setDefault, version: 1 },
        { ...remove, versions: [4, 3, 2] },
      ],
    ],
  ])('%s', (_, live, numbers, expected) => {
    const versions = numbers.map((number) => sampleVersion(number, 'live', 'd'))
    const { fleet } = sampleGround(versions, [first, second, failed, third])
    expect(planTemplate(fleet, live)).toEqual(expected)
  })

  test('is all of it where nothing is in charge, or all is as it should be', () => {
    const { fleet } = sampleGround([], [first])
    expect(planTemplate(fleet, undefined)).toEqual([])
    expect(planTemplate(sampleGround([]).fleet, 1)).toEqual([])
    const settled = sampleGround([], [first, { ...second, isDefault: true }])
    expect(planTemplate(settled.fleet, 2)).toEqual([])
  })
})

describe('what a next version launches from', () => {
  const { fleet } = sampleGround([sampleVersion(1, 'live', 'b')], [first, second, failed])

  test.each([
    ['is to be made', 'd', undefined],
    ['is what a run that was cut off has left', 'c', 3],
    ['is to be made where the same came after another one', 'a', undefined],
  ])('%s', (_, digest, version) => {
    expect(nextTemplate(fleet, sampleGoal(digest))).toEqual({
      id: 'lt-1',
      ...(version !== undefined && { version }),
      previous: 2,
      newest: 3,
    })
  })

  test('of a rollback is what it names, and what it came after stays what it was', () => {
    const goal = sampleGoal('a', { template: { digest: 'a', version: 1 } })
    expect(nextTemplate(fleet, goal).version).toBe(1)
    const gone = sampleGoal('a', { template: { digest: 'a', version: 9 } })
    expect(nextTemplate(fleet, gone).version).toBeUndefined()
  })

  test('is the first one of all where there is no template', () => {
    expect(nextTemplate(sampleGround([]).fleet, sampleGoal('a'))).toEqual({ previous: undefined, newest: 0 })
  })
})

test.each([
  ['leads back version by version', [first, second, third], 4, [4, 2, 1]],
  ['ends where a version is gone', [first, third], 4, [4]],
  ['is empty where the version itself is gone', [first], 4, []],
  ['does not go round in circles', [sampleTemplate(1, 'a', 2), second], 2, [2, 1]],
])('the history %s', (_, templates, from, expected) => {
  expect(history(templates, from)).toEqual(expected)
})

test('ten rollbacks are possible, one after the other', () => {
  const templates = Array.from({ length: 20 }, (_, index) => sampleTemplate(index + 1, 'a', index))
  expect(history(templates, 20)).toEqual([20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10])
})
