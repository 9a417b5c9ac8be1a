import { expect, test } from 'vitest'

import type { ChefServer } from '../ports/chef-server.ts'
import { changedKeys, publishableItems } from './publishable-item.ts'

const server: Pick<ChefServer, 'items'> = { items: () => ({}) as ReturnType<ChefServer['items']> }

test('what changes is told by keys, at any depth, and never by values', () => {
  const before = { id: 'a', gone: 1, list: [1, 2], deep: { same: 's', other: 'old', 'a/b': 1 } }
  const after = { id: 'a', made: null, list: [2, 1], deep: { other: 'new', same: 's', 'a/b': { c: 1 } } }
  expect(changedKeys(before, after)).toEqual([
    '~ /deep/a~1b',
    '~ /deep/other',
    '- /gone',
    '~ /list',
    '+ /made',
  ])
})

test('the order of keys is no change, and names of Object.prototype are keys as any other', () => {
  expect(changedKeys({ a: 1, b: { c: 1, d: 2 } }, { b: { d: 2, c: 1 }, a: 1 })).toEqual([])
  expect(changedKeys({}, { toString: 1, valueOf: {} })).toEqual(['+ /toString', '+ /valueOf'])
})

test('what servers add to an item is no difference, whichever side has it; other values of the same members are', () => {
  const added = { chef_type: 'data_bag_item', data_bag: 'users' }
  for (const value of [{ id: 'a' }, { id: 'a', ...added }]) {
    const [item] = publishableItems(server, [{ bag: 'users', id: 'a', value }])
    expect(item?.wanted).toEqual({ id: 'a' })
    expect(item?.comparable({ id: 'a', ...added })).toEqual({ id: 'a' })
  }
  const own = { id: 'a', chef_type: 'cheese', data_bag: 'users' }
  const [item] = publishableItems(server, [{ bag: 'users', id: 'a', value: own }])
  expect(item?.wanted).toEqual(own)
  expect(item?.comparable(own)).toEqual(own)
})
