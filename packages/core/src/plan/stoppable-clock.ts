import { PackageError } from '../errors.ts'
import type { Clock } from '../ports/clock.ts'
import type { Stop } from '../ports/stop.ts'

/** The same clock, on which nobody goes on waiting after Ctrl-C: then a wait throws PackageError (cancelled). */
export function stoppableClock(clock: Clock, stop: Pick<Stop, 'isAsked'>): Clock {
  return {
    now: () => clock.now(),
    random: () => clock.random(),
    pollInterval: clock.pollInterval,
    async sleep(milliseconds) {
      if (stop.isAsked()) throw new PackageError('cancelled', 'CANCELLED', 'ended while waiting')
      await clock.sleep(milliseconds)
    },
  }
}
