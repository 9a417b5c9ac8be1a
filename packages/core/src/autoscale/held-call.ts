import type { CloudCall } from '../action.ts'
import type { Clock } from '../ports/clock.ts'
import type { ChangingCall } from './group-load-balancer.ts'
import { hold, type Rollout } from './rollout.ts'

/**
 * A call for work that knows nothing of versions: before each change of it, and while it waits, the run says that it is at work, and sees when what it
 * has claimed is taken over.
 */
export function heldCall(call: CloudCall, rollout: Rollout): ChangingCall {
  return { ...call, clock: holdingClock(rollout), beforeChange: () => hold(rollout) }
}

function holdingClock(rollout: Rollout): Clock {
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
