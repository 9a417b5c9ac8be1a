import { PackageError, withMoreHint } from '../errors.ts'
import { carryOutRollout } from './carry-out-rollout.ts'
import { arnsOf, readVersions, type Version } from './fleet.ts'
import { fleetParts } from './fleet-parts.ts'
import type { Ground } from './ground.ts'
import { notTakenBack } from './not-taken-back.ts'
import { planTakeBack } from './plan-take-back.ts'
import { isLeaving } from './replaced-instances.ts'
import { heedRival, type Rollout } from './rollout.ts'
import { thawServing } from './thaw-serving.ts'

/**
 * Takes back what an update that failed with this error has begun, from how it is now. `idle` target groups
 * get no requests. Gives the error, with where to look at what is kept: what the taking back fails of is told, and the next run takes it up. Where
 * somebody else is at work by now, that is the error, and nothing is taken back: it may be theirs.
 */
export async function takenBack(
  rollout: Rollout,
  readGround: () => Promise<Ground>,
  error: PackageError,
  idle: readonly string[],
): Promise<PackageError> {
  const { report, place, keepFailed } = rollout
  const tell = (text: string) =>
    report({ level: 'warning', code: 'TAKEN_BACK', group: place.group, text, data: { error: error.code } })
  try {
    const ground = await readGround()
    const { versions } = ground.fleet
    heedRival(rollout, versions)
    rollout.planned = arnsOf(versions)
    const { live, newer } = fleetParts(ground.fleet)
    const serving = live ? `${live.group.name} serves as before` : 'nothing of it serves'
    const idleTargetGroupArns = rollout.hasMovedListeners ? [] : idle
    // What leaves is not taken back any more: the next run goes on with it.
    if (newer.length === 0 && versions.some((version) => version !== live)) {
      await releaseLive(rollout, ground)
      return error
    }
    await carryOutRollout(rollout, planTakeBack(ground, { keepFailed, idleTargetGroupArns }))
    const kept = keepFailed ? newer.filter(({ group }) => !group.isBeingDeleted) : []
    if (kept.length > 0) {
      tell(`${namesOf(kept)} is kept to be looked at, as failed; the next update removes it; ${serving}`)
      const names = new Set(kept.map(({ group }) => group.name))
      const now = (await readVersions(place)).filter(({ group }) => names.has(group.name))
      return withMoreHint(error, keptHint(rollout, now))
    }
    if (newer.length > 0) tell(`${namesOf(newer)} was removed; ${serving}`)
  } catch (second) {
    if (!(second instanceof PackageError)) throw second
    if (second.code === 'ROLLOUT_OWNED') return second
    if (second.kind === 'cancelled') await thawServing(rollout)
    tell(notTakenBack(rollout, second))
  }
  return error
}

/** Where to look at what is kept, and what removes it. */
function keptHint({ place: { group }, next }: Rollout, kept: readonly Version[]): string {
  const instances = kept.flatMap((version) => version.group.instances)
  const staying = instances.find((each) => !isLeaving(each) && each.lifecycle !== 'Pending:Wait')
  const logIn = staying
    ? `, package instance:ssh ${group} --id ${staying.id} logs in to one`
    : '; those that come up from now on stay, and package instance:ssh logs in to one (--id)'
  const back = next ? `package ${next.wayBack} ${group} removes it; ` : ''
  const ways = `${back}the same command removes it and tries again`
  return `${namesOf(kept)} is kept: package autoscale:status ${group} shows its instances${logIn}; ${ways}`
}

function namesOf(versions: readonly Version[]): string {
  return versions.map(({ group }) => group.name).join(', ')
}

/** Nobody is at work on it any more. */
async function releaseLive(rollout: Rollout, { fleet: { live } }: Ground): Promise<void> {
  if (live?.owner?.runId !== rollout.me.runId || live.group.isBeingDeleted) return
  await carryOutRollout(rollout, [{ do: 'release', name: live.group.name, isDone: false }])
}
