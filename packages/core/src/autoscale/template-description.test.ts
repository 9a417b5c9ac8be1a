import fc from 'fast-check'
import { expect, test } from 'vitest'

import { readTemplateDescription, templateDescription } from './template-description.ts'

const digest = '0123456789abcdef'.repeat(4)

test('a description names the digest, and what was live before', () => {
  expect(templateDescription({ digest, previous: undefined })).toBe(`digest ${digest}`)
  expect(templateDescription({ digest, previous: 12 })).toBe(`digest ${digest}, after 12`)
})

test('what is written is read, and fits what AWS takes', () => {
  const previous = fc.option(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), { nil: undefined })
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9a-f]{64}$/), previous, (sha, number) => {
      const description = { digest: sha, previous: number }
      const text = templateDescription(description)
      expect(readTemplateDescription(text)).toEqual(description)
      expect(text.length).toBeLessThanOrEqual(255)
    }),
  )
})

test.each([
  '',
  'web servers',
  'digest 0123',
  `digest ${digest}, after`,
  `digest ${digest}, after 1 and more`,
  `the digest ${digest}`,
  `digest ${digest.toUpperCase()}`,
])('%j is of somebody else', (text) => {
  expect(readTemplateDescription(text)).toBeUndefined()
})
