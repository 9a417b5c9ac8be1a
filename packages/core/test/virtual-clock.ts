import type { Clock } from '../src/ports/clock.ts'

/** A clock on which all waiting is over at once. */
export function virtualClock(): Clock {
  let now = 0
  const sleep = (milliseconds: number) => {
    now += milliseconds
    return Promise.resolve()
  }
  return { now: () => now, sleep, random: () => 0.5, pollInterval: 5000 }
}
