import { PackageError } from '../errors.ts'
import type { Clock } from '../ports/clock.ts'
import type { Stop } from '../ports/stop.ts'
import { clockWithSleep } from './clock-with-sleep.ts'

/** The same clock, on which nobody goes on waiting after Ctrl-C: then a wait throws PackageError (cancelled). */
export function stoppableClock(clock: Clock, stop: Pick<Stop, 'isAsked'>): Clock {
  return clockWithSleep(clock, async (milliseconds) => {
    if (stop.isAsked()) throw new PackageError('cancelled', 'CANCELLED', 'ended while waiting')
    await clock.sleep(milliseconds)
  })
}
