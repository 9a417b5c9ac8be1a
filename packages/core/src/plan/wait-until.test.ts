import { expect, test } from 'vitest'

import { PackageError } from '../errors.ts'
import type { Clock } from '../ports/clock.ts'
import { waitUntil } from './wait-until.ts'

/** A clock whose time passes only in sleep. */
function quickClock(): Clock {
  let now = 0
  return {
    now: () => now,
    sleep: (milliseconds) => {
      now += milliseconds
      return Promise.resolve()
    },
    random: () => 0.5,
    pollInterval: 1000,
  }
}

const tooLate = () => new PackageError('timeout', 'LATE', 'it did not come')

test('gives what it looked for as soon as it is there', async () => {
  const clock = quickClock()
  const look = () => Promise.resolve(clock.now() >= 3000 ? 'there' : undefined)
  expect(await waitUntil({ clock, longest: 10_000, look, tooLate })).toBe('there')
  expect(clock.now()).toBe(3000)
})

test.each([
  ['looks once more at the deadline, and then gives up', 20_000, 21],
  ['looks ten times at least, for a machine that was asleep meanwhile', 2000, 10],
])('%s', async (_, longest, expected) => {
  let looks = 0
  const look = () => {
    looks += 1
    return Promise.resolve(undefined)
  }
  await expect(waitUntil({ clock: quickClock(), longest, look, tooLate })).rejects.toThrow('it did not come')
  expect(looks).toBe(expected)
})

test('a failure ends the wait', async () => {
  const look = () => Promise.reject(new Error('broken'))
  await expect(waitUntil({ clock: quickClock(), longest: 2000, look, tooLate })).rejects.toThrow('broken')
})
