import type { Clock } from '../ports/clock.ts'
import { hold, type Rollout } from './rollout.ts'

/** The clock of a run, for work that knows nothing of versions: while it waits, the run says that it is at work, and sees when it is taken over. */
export function holdingClock(rollout: Rollout): Clock {
  const { clock } = rollout
  return {
    now: () => clock.now(),
    random: () => clock.random(),
    pollInterval: clock.pollInterval,
    async sleep(milliseconds) {
      await clock.sleep(milliseconds)
      await hold(rollout)
    },
  }
}
