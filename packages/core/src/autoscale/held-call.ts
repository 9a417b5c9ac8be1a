import type { CloudCall } from '../action.ts'
import { clockWithSleep } from '../plan/clock-with-sleep.ts'
import type { ChangingCall } from './group-load-balancer.ts'
import { hold, type Rollout } from './rollout.ts'

/**
 * A call for work that knows nothing of versions: before each change of it, and while it waits, the run says that it is at work, and sees when what it
 * has claimed is taken over.
 */
export function heldCall(call: CloudCall, rollout: Rollout): ChangingCall {
  const { clock } = rollout
  const holding = clockWithSleep(clock, async (milliseconds) => {
    await clock.sleep(milliseconds)
    await hold(rollout)
  })
  return { ...call, clock: holding, beforeChange: () => hold(rollout) }
}
