import { expect, test } from 'vitest'

import { race } from './races.ts'

const seeds = Array.from({ length: 500 }, (_none, index) => 0 + index)

test('of two operators one wins, and the other is told who is at work', { timeout: 600_000 }, async () => {
  const { byFirst, bySecond, undisturbed } = await race(seeds)
  process.stdout.write(
    `races: ${String(byFirst)} won by the first, ${String(bySecond)} by the second; in ${String(undisturbed)} the other had only looked\n`,
  )
  expect(byFirst + bySecond).toBe(seeds.length)
  expect(bySecond).toBeGreaterThan(0)
  expect(undisturbed).toBeLessThan(byFirst)
})
