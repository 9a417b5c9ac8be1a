import { expect, test } from 'vitest'

import { race } from './races.ts'

const seeds = Array.from({ length: 500 }, (_none, index) => 0 + index)

test('of two operators one wins, and the other is told who is at work', { timeout: 600_000 }, async () => {
  const { firstWon, secondWon } = await race(seeds)
  process.stdout.write(`races: ${String(firstWon)} won by the first, ${String(secondWon)} by the second\n`)
  expect(firstWon + secondWon).toBe(seeds.length)
  expect(secondWon).toBeGreaterThan(0)
})
