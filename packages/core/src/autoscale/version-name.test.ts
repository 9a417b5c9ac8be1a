import fc from 'fast-check'
import { expect, test } from 'vitest'

import { versionName, versionNumber } from './version-name.ts'

const none = { project: 'tests', environment: undefined }
const blue = { project: 'tests', environment: 'blue' }

test.each([
  [none, 'web', 0, 'web-v000'],
  [none, '12_04-bee', 12, '12_04-bee-v012'],
  [none, 'web', 1000, 'web-v1000'],
  [blue, 'web', 7, 'blue-web-v007'],
])('%o, %s, %i is %s', (owner, group, number, name) => {
  expect(versionName(owner, group, number)).toBe(name)
})

test.each([
  [none, 'web', 'web'],
  [none, 'web', 'web-v00'],
  [none, 'web', 'web-v0000'],
  [none, 'web', 'web-v001-v002'],
  [none, 'web', 'webs-v001'],
  [none, 'web', 'blue-web-v001'],
  [blue, 'web', 'web-v001'],
  [blue, 'web', 'blue-web-v01a'],
])('%o, %s: %s is of somebody else', (owner, group, name) => {
  expect(versionNumber(owner, group, name)).toBeUndefined()
})

const environment = fc.option(fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,9}$/), { nil: undefined })
const group = fc.stringMatching(/^[a-z0-9][a-z0-9_.-]{0,9}$/)

test('a number is read from its name', () => {
  fc.assert(
    fc.property(environment, group, fc.nat(5000), (env, name, number) => {
      const owner = { project: 'tests', environment: env }
      expect(versionNumber(owner, name, versionName(owner, name, number))).toBe(number)
    }),
  )
})
