import { describe, expect, test } from 'vitest'

import { sampleGoal, sampleGround, sampleTemplate, sampleVersion } from '../../test/sample-fleet.ts'
import { nextTemplate, planTemplate } from './plan-template.ts'

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

  test('is to be made also where it is what runs, and leads back to what ran before that', () => {
    expect(nextTemplate(fleet, sampleGoal('b'))).toEqual({ id: 'lt-1', previous: 1, newest: 3 })
    const cutOff = sampleGround([sampleVersion(1, 'live', 'b')], [first, second, sampleTemplate(3, 'b', 1)])
    expect(nextTemplate(cutOff.fleet, sampleGoal('b'))).toMatchObject({ version: 3, previous: 1 })
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
