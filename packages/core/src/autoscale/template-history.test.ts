import { expect, test } from 'vitest'

import { sampleTemplate } from '../../test/sample-fleet.ts'
import { goneFrom, history, lastOther } from './template-history.ts'

const first = sampleTemplate(1, 'a')
const second = sampleTemplate(2, 'b', 1)
const third = sampleTemplate(4, 'd', 2)

test.each([
  ['leads back version by version', [first, second, third], 4, [4, 2, 1]],
  ['goes past a version that is gone', [first, third], 4, [4, 1]],
  ['goes on before the version itself where that is gone', [second, first], 4, [2, 1]],
  ['ends where all that came before are gone', [third], 4, [4]],
  ['takes nothing for what was in charge that others have made', [sampleTemplate(1, ''), third], 4, [4]],
  ['does not go round in circles', [sampleTemplate(1, 'a', 2), second], 2, [2, 1]],
])('the history %s', (_, templates, from, expected) => {
  expect(history(templates, from).map(({ version }) => version)).toEqual(expected)
})

test('ten rollbacks are possible, one after the other', () => {
  const templates = Array.from({ length: 20 }, (_, index) => sampleTemplate(index + 1, 'a', index))
  const numbers = history(templates, 20).map(({ version }) => version)
  expect(numbers).toEqual([20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10])
})

test('the last other one is past all that are the same', () => {
  const same = [first, second, sampleTemplate(3, 'b', 2), sampleTemplate(4, 'b', 3)]
  expect(lastOther(same, 4, 'b')).toBe(first)
  expect(lastOther(same, 4, 'c')).toBe(same[3])
  expect(lastOther(same, 1, 'a')).toBeUndefined()
})

test('it is known which versions of it are gone', () => {
  expect(goneFrom([first, second, third], 4)).toEqual([])
  expect(goneFrom([first, third], 4)).toEqual([2])
  expect(goneFrom([first], 4)).toEqual([4])
  expect(goneFrom([], 4)).toEqual([4])
})
