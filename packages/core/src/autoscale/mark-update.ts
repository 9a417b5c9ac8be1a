import type { CloudCall } from '../action.ts'
import type { Clock } from '../ports/clock.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import { rolloutTags } from './fleet.ts'
import { isGone } from './rollout.ts'
import { heartbeat, ownerText } from './rollout-owner.ts'
import { witnessOf } from './rollout-witness.ts'

/** Says on what is in charge that a run has begun to update it. */
export interface UpdateMark {
  /** Once; from then on it is renewed while anybody waits on the clock. Throws PackageError: those of the cloud. */
  begin: () => Promise<void>
  clock: Clock
}

export function updateMark(call: CloudCall, cloud: Cloud, name: string): UpdateMark {
  const { clock } = call
  let markedAt: number | undefined
  const mark = async () => {
    const seenAt = clock.now()
    const tags = { [rolloutTags.update]: ownerText({ ...witnessOf(call), seenAt }) }
    markedAt = seenAt
    try {
      await cloud.tagScalingGroup(name, tags)
    } catch (error) {
      // Somebody has deleted it: what comes is needed all the more.
      if (!isGone(error)) throw error
    }
  }
  return {
    begin: async () => {
      if (markedAt === undefined) await mark()
    },
    clock: {
      now: () => clock.now(),
      random: () => clock.random(),
      pollInterval: clock.pollInterval,
      async sleep(milliseconds) {
        await clock.sleep(milliseconds)
        if (markedAt !== undefined && clock.now() - markedAt >= heartbeat) await mark()
      },
    },
  }
}
