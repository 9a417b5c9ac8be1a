import type { CloudCall } from '../action.ts'
import { clockWithSleep } from '../plan/clock-with-sleep.ts'
import type { Clock } from '../ports/clock.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import { isGone, rolloutTags } from './fleet.ts'
import { heartbeat, ownerText, type RolloutOwner } from './rollout-owner.ts'
import { witnessOf } from './rollout-witness.ts'

/** Says on what is in charge that a run has begun to update it. Gives whether it is there: where somebody has deleted it, what comes is needed all the more. */
export async function tagUpdate(cloud: Cloud, name: string, owner: RolloutOwner): Promise<boolean> {
  try {
    await cloud.tagScalingGroup(name, { [rolloutTags.update]: ownerText(owner) })
    return true
  } catch (error) {
    if (!isGone(error)) throw error
    return false
  }
}

/** The same, before there is a rollout. */
export interface UpdateMark {
  /** Once; from then on it is renewed while anybody waits on the clock. Throws PackageError: those of the cloud. */
  begin: () => Promise<void>
  clock: Clock
}

export function updateMark(call: CloudCall, cloud: Cloud, name: string): UpdateMark {
  const { clock } = call
  let markedAt: number | undefined
  const mark = async () => {
    markedAt = clock.now()
    await tagUpdate(cloud, name, { ...witnessOf(call), seenAt: markedAt })
  }
  return {
    begin: async () => {
      if (markedAt === undefined) await mark()
    },
    clock: clockWithSleep(clock, async (milliseconds) => {
      await clock.sleep(milliseconds)
      if (markedAt !== undefined && clock.now() - markedAt >= heartbeat) await mark()
    }),
  }
}
