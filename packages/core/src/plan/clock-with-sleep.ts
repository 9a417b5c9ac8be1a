import type { Clock } from '../ports/clock.ts'

/** The same clock, on which waiting is something else. */
export function clockWithSleep(clock: Clock, sleep: Clock['sleep']): Clock {
  return { now: () => clock.now(), random: () => clock.random(), pollInterval: clock.pollInterval, sleep }
}
