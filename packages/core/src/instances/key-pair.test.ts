import { expect, test } from 'vitest'

import { keyPairName } from './key-pair.ts'

const group = (key_name?: string) => ({
  name: 'cluster',
  own: {},
  fields: key_name === undefined ? {} : { key_name },
})

test.each([
  ['key.pem', undefined, 'shop/cluster/key'],
  ['/home/ops/keys/team.2026.pem', undefined, 'shop/cluster/team.2026'],
  ['~/.ssh/id_ed25519', 'staging', 'shop/staging/cluster/id_ed25519'],
  ['.hidden', undefined, 'shop/cluster/.hidden'],
])('the key pair of %s in environment %s is %s', (path, environment, expected) => {
  expect(keyPairName({ project: 'shop', environment }, group(), path)).toBe(expected)
})

test('a group may name its key pair itself', () => {
  expect(keyPairName({ project: 'shop', environment: undefined }, group('ops'), 'key.pem')).toBe('ops')
})
