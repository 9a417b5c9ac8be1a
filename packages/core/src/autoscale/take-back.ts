import { PackageError } from '../errors.ts'
import { carryOutRollout } from './carry-out-rollout.ts'
import type { Ground } from './ground.ts'
import { planTakeBack, type TakeBack } from './plan-rollout.ts'
import type { Rollout } from './rollout.ts'

/**
 * Takes back what an update that failed with this error has begun, from how it is now. Gives the error in any case: what the taking back
 * fails of is told, and the next run takes it up.
 */
export async function takenBack(
  rollout: Rollout,
  readGround: () => Promise<Ground>,
  error: PackageError,
  wish: TakeBack,
): Promise<PackageError> {
  const { report, place } = rollout
  const tell = (text: string) =>
    report({ level: 'warning', code: 'TAKEN_BACK', group: place.group, text, data: { error: error.code } })
  try {
    const ground = await readGround()
    const { live, versions } = ground.fleet
    const serving = live ? `${live.group.name} serves as before` : 'nothing of it serves'
    const failed = versions.filter(({ number }) => live === undefined || number > live.number)
    const idleTargetGroupArns = rollout.hasMovedListeners ? [] : wish.idleTargetGroupArns
    // What leaves is not taken back any more: the next run goes on with it.
    if (failed.length === 0 && versions.some((version) => version !== live)) {
      await releaseLive(rollout, ground)
      return error
    }
    await carryOutRollout(rollout, planTakeBack(ground, { ...wish, idleTargetGroupArns }))
    const names = failed.map(({ group }) => group.name).join(', ')
    const kept = `${names} is kept to be looked at, as failed; the next update removes it`
    if (failed.length > 0) tell(`${wish.keepFailed ? kept : `${names} was removed`}; ${serving}`)
  } catch (second) {
    if (!(second instanceof PackageError)) throw second
    tell(`what was begun is not taken back: ${second.message}; the next update does it`)
  }
  return error
}

/** Nobody is at work on it any more. */
async function releaseLive(rollout: Rollout, { fleet: { live } }: Ground): Promise<void> {
  if (live?.owner?.runId !== rollout.me.runId || live.group.isBeingDeleted) return
  await carryOutRollout(rollout, [{ do: 'release', name: live.group.name, isDone: false }])
}
