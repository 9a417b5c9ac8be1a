import { expect, test } from 'vitest'

import { statusOf } from './plan-publication.ts'

test.each([
  ['there is none', undefined, [], 'created'],
  ['somebody removed what was published', undefined, ['old'], 'created'],
  ['it is as wanted, whoever made it', 'new', [], 'unchanged'],
  ['it is what was last published', 'old', ['old'], 'updated'],
  ['a run was cut off before or after its write', 'old', ['older', 'old'], 'updated'],
  ['nothing of it was ever published', 'theirs', [], 'conflict'],
  ['it has been changed since', 'theirs', ['old'], 'conflict'],
] as const)('%s', (_case, current, published, status) => {
  expect(statusOf(current, 'new', published)).toBe(status)
})
