import { expect, test } from 'vitest'

import { didYouMean, nearest } from './did-you-mean.ts'
import { editDistance } from './edit-distance.ts'

test.each([
  ['wbe', ['db', 'web'], 'web'],
  ['wbe', ['we', 'web'], 'we'],
  ['webb', ['db', 'web'], 'web'],
  ['bigchiandb', ['bigchaindb', 'bigchaindb-open'], 'bigchaindb'],
  ['FTP-listener', ['web', 'ftp-listener'], 'ftp-listener'],
  ['worker', ['db', 'web'], undefined],
  ['web', [], undefined],
])('%s of %j: %s', (name, known, meant) => {
  expect(nearest(name, known)).toBe(meant)
})

test('two neighbours swapped are one slip', () => {
  expect(editDistance('wbe', 'web')).toBe(1)
  expect(editDistance('ca', 'abc')).toBe(3)
  expect(editDistance('', 'web')).toBe(3)
  expect(editDistance('web', 'web')).toBe(0)
  expect(didYouMean('wbe', ['web'])).toBe('; did you mean "web"?')
})
