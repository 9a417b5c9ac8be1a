import ssh2 from 'ssh2'
import { expect, test } from 'vitest'

import { newEd25519Pair } from './ed25519-pair.ts'

test('every pair is whole, also the one in 256 whose public key begins with a zero', () => {
  const lengths = Array.from({ length: 3000 }, () => {
    const [, data = ''] = newEd25519Pair(ssh2.utils, 'someone').public.split(' ')
    return Buffer.from(data, 'base64').length
  })
  expect([...new Set(lengths)]).toEqual([51])
})
