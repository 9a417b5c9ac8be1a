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

test('what servers add to an item is no difference, whichever side has which of it', () => {
  const copies = [
    { id: 'a' },
    { id: 'a', chef_type: 'data_bag_item' },
    { id: 'a', data_bag: 'users' },
    { id: 'a', chef_type: 'data_bag_item', data_bag: 'users' },
  ]
  for (const value of copies) {
    const [item] = publishableItems(server, [{ bag: 'users', id: 'a', value }])
    expect(item?.wanted).toEqual({ id: 'a' })
    expect(copies.map((copy) => item?.comparable(copy))).toEqual(copies.map(() => ({ id: 'a' })))
  }
})

test('other values of the members that servers add are those of the item', () => {
  const value = { id: 'a', chef_type: 'cheese', data_bag: 'elsewhere' }
  const [item] = publishableItems(server, [{ bag: 'users', id: 'a', value }])
  expect(item?.wanted).toEqual(value)
  expect(item?.comparable({ ...value, data_bag: 'users' })).toEqual({ id: 'a', chef_type: 'cheese' })
})
