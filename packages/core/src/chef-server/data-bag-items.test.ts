import { expect, test } from 'vitest'

import { PackageError } from '../errors.ts'
import { readDataBagItems } from './data-bag-items.ts'

/** Files of data_bags/, by bag and name. */
function filesOf(bags: Readonly<Record<string, Readonly<Record<string, string>>>>) {
  return {
    list: (folder: string) => {
      const bag = bags[folder.slice('data_bags/'.length)]
      const names = bag ? Object.keys(bag) : folder === 'data_bags' ? Object.keys(bags) : []
      return names.map((name) => ({ name, isFolder: bag === undefined }))
    },
    read: (path: string) => {
      const [, bag = '', name = ''] = path.split('/')
      return bags[bag]?.[name]
    },
  }
}

function problemsOf(bags: Readonly<Record<string, Readonly<Record<string, string>>>>): string[] {
  try {
    readDataBagItems(filesOf(bags), undefined)
  } catch (error) {
    if (error instanceof PackageError) return error.problems.map(({ file, text }) => `${file}: ${text}`)
    throw error
  }
  return []
}

test('the items of all bags, or of one; other files are left alone', () => {
  const files = filesOf({
    users: { 'a.json': '{"id":"a"}', 'README.md': '' },
    empty: {},
    db: { 'b.json': '\uFEFF{"id":"b"}' },
  })
  expect(readDataBagItems(files, undefined)).toEqual([
    { bag: 'users', id: 'a', value: { id: 'a' } },
    { bag: 'db', id: 'b', value: { id: 'b' } },
  ])
  expect(readDataBagItems(files, 'db')).toHaveLength(1)
  expect(() => readDataBagItems(files, 'dbs')).toThrow('there is no folder data_bags/dbs; did you mean "db"?')
})

test('what Chef would refuse or could not find is refused, all at once', () => {
  const problems = problemsOf({
    node: { 'a.json': '{"id":"a"}' },
    'package-published': { 'a.json': '{"id":"a"}' },
    'a b': { 'a.json': '{"id":"a"}' },
    users: {
      'a.json': '[]',
      'b.json': '{"id":"c"}',
      'd e.json': '{"id":"d e"}',
      '..json': '{"id":"."}',
      'f.json': '{',
    },
  })
  expect(problems).toEqual([
    'data_bags/node: "node" cannot be the name of a data bag',
    'data_bags/package-published: "package-published" cannot be the name of a data bag',
    'data_bags/a b: "a b" cannot be the name of a data bag',
    'data_bags/users/a.json: must be one object with an "id"',
    'data_bags/users/b.json: "id" must be "b", as the file is named',
    'data_bags/users/d e.json: an id is letters, digits, "_", "-", "." and ":"',
    'data_bags/users/..json: an id is letters, digits, "_", "-", "." and ":"',
    expect.stringContaining('data_bags/users/f.json: '),
  ])
})

test('of an item that is no JSON nothing is said that is in it', () => {
  const problems = problemsOf({
    db: {
      'a.json': '{"id":"a","password":hunter2-REAL}',
      'b.json': '{"id":"b","pin":12345678901234567890}',
      'c.json': '{"id":"c","hunter2":1,"hunter2":2}',
    },
  })
  expect(problems).toHaveLength(3)
  expect(problems.join()).not.toMatch(/hunter|5678/)
})
