import type { CloudCall } from '../action.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import { rolloutTags } from './fleet.ts'
import { ownerText } from './rollout-owner.ts'
import { witnessOf } from './rollout-witness.ts'

/** Says on what is in charge that this run has begun to update it. Throws PackageError: those of the cloud. */
export async function markUpdate(call: CloudCall, cloud: Cloud, name: string): Promise<void> {
  const mark = ownerText({ ...witnessOf(call), seenAt: call.clock.now() })
  await cloud.tagScalingGroup(name, { [rolloutTags.update]: mark })
}
