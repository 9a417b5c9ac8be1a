import { PackageError } from '../errors.ts'
import { readVersions, serving } from './fleet.ts'
import { carryOutStep } from './carry-out-rollout.ts'
import { frozen, thaw } from './freeze.ts'
import type { Rollout } from './rollout.ts'

/**
 * A run that was asked to stop leaves what serves as if nothing had been: the next run freezes it again. Nothing where another run has taken
 * over, as that needs it frozen. What this fails of is taken up by the next run too.
 */
export async function thawServing(rollout: Rollout): Promise<void> {
  const { claimed, me, place } = rollout
  try {
    const versions = await readVersions(place)
    const mine = versions.find(({ group }) => group.name === claimed)
    if (mine?.owner?.runId !== me.runId) return
    const live = serving(versions)
    // Its health checks would end what is not healthy yet in a target group that gets no requests.
    const isFrozenAlone = live?.frozen.every((process) => frozen.some((each) => each === process))
    if (!isFrozenAlone) return
    for (const step of thaw(live)) await carryOutStep(rollout, step)
  } catch (error) {
    if (!(error instanceof PackageError)) throw error
  }
}
