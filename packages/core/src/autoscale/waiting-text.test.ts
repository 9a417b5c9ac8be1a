import { expect, test } from 'vitest'

import type { InstanceHealth } from './instance-health.ts'
import { waitingText } from './waiting-text.ts'

const waiting = (...reasons: string[]): InstanceHealth[] =>
  reasons.map((waitsFor, index) => ({
    id: `i-${String(index)}`,
    zone: 'us-east-1a',
    lifecycle: 'Pending',
    templateVersion: '1',
    waitsFor,
  }))

test.each([
  ['nothing', [], ''],
  ['healthy ones', ['', ''], ''],
  ['two for the same', ['pending', '', 'pending'], '; i-0, i-2: pending'],
  ['three apart', ['pending', 'standby', 'pending'], '; i-0, i-2: pending; i-1: standby'],
  ['more than are named', ['a', 'b', 'b', 'b', ''], '; i-1 and 2 more: b; i-0: a'],
  ['more reasons than are told', ['a', 'b', 'c', 'd', 'e'], '; i-0: a; i-1: b; i-2: c; and 2 more'],
])('%s', (_, reasons, expected) => {
  expect(waitingText(waiting(...reasons))).toBe(expected)
})

test('a line stays short with five hundred', () => {
  const reasons = Array.from({ length: 500 }, (_, index) => `reason ${String(index % 7)}`)
  expect(waitingText(waiting(...reasons)).length).toBeLessThan(120)
})
