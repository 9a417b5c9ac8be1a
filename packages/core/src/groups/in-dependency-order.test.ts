import { expect, test } from 'vitest'

import { inDependencyOrder, inTurn } from './in-dependency-order.ts'
import type { Group } from './nodes.ts'

function group(name: string, ...depends_on: string[]): Group {
  return { name, own: {}, fields: { depends_on } }
}

function work(order: string[], failing: readonly string[] = []) {
  return async ({ name }: Group) => {
    order.push(`+${name}`)
    await Promise.resolve()
    order.push(`-${name}`)
    if (failing.includes(name)) throw new Error(name)
    return name
  }
}

test('groups are listed in their turn, whatever the order of the file', () => {
  const groups = [group('b', 'a'), group('other'), group('c', 'b', 'a', 'elsewhere'), group('a')]
  const names = (order: 'needed first' | 'needed last') => inTurn(groups, order).map(({ name }) => name)
  expect(names('needed first')).toEqual(['a', 'b', 'other', 'c'])
  expect(names('needed last')).toEqual(['c', 'b', 'other', 'a'])
})

test('a group waits for those that it depends on, whatever the order of the file', async () => {
  const order: string[] = []
  await inDependencyOrder([group('c', 'b'), group('b', 'a'), group('a')], 8, work(order))
  expect(order).toEqual(['+a', '-a', '+b', '-b', '+c', '-c'])
})

test('independent ones run side by side, so many at once', async () => {
  const order: string[] = []
  await inDependencyOrder([group('a'), group('b'), group('c')], 2, work(order))
  expect(order.slice(0, 2)).toEqual(['+a', '+b'])
  expect(order.indexOf('+c')).toBeGreaterThan(order.indexOf('-a'))
})

test('one that is not acted on holds nothing up', async () => {
  const order: string[] = []
  await inDependencyOrder([group('a', 'elsewhere')], 1, work(order))
  expect(order).toEqual(['+a', '-a'])
})

test('a failure stops what depends on it, however far, and nothing else', async () => {
  const order: string[] = []
  const groups = [group('c', 'b'), group('b', 'a'), group('a'), group('d')]
  const results = await inDependencyOrder(groups, 1, work(order, ['a']))
  expect(order).toEqual(['+a', '-a', '+d', '-d'])
  expect(results).toMatchObject([
    { waitedFor: 'b' },
    { waitedFor: 'a' },
    { error: expect.any(Error) as unknown },
    { result: 'd' },
  ])
})

test('nothing to do is done', async () => {
  expect(await inDependencyOrder([], 4, work([]))).toEqual([])
})

test('what is needed by others can come last', async () => {
  const order: string[] = []
  await inDependencyOrder([group('a'), group('b', 'a'), group('c', 'b')], 8, work(order), 'needed last')
  expect(order).toEqual(['+c', '-c', '+b', '-b', '+a', '-a'])
})
