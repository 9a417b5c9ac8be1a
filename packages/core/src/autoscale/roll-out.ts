import type { CloudCall } from '../action.ts'
import { PackageError } from '../errors.ts'
import { carryOutRollout } from './carry-out-rollout.ts'
import { readFleet, readSettings, type Fleet } from './fleet.ts'
import type { Goal } from './goal.ts'
import {
  moveListeners,
  removeStale,
  type GroupLoadBalancer,
  type LoadBalancerSite,
} from './group-load-balancer.ts'
import { planRollout, planTakeBack, planTakeDown, type Ground } from './plan-rollout.ts'
import type { GroupSite } from './prepare-rollout.ts'
import type { Rollout } from './rollout.ts'
import { atWork, isAtWork } from './rollout-owner.ts'
import { rolloutLines } from './rollout-lines.ts'
import type { RolloutStep } from './rollout-step.ts'
import { versionName } from './version-name.ts'

/** What to do about others at work, and about a version that fails. */
export interface RolloutManners {
  takeover: boolean
  keepFailed: boolean
}

/** Throws PackageError (conflict) where somebody else is at work on the group, unless their work is to be taken over. */
export function refuseOthers(call: CloudCall, fleet: Fleet, takeover: boolean): void {
  const me = { ...meOf(call), now: call.clock.now() }
  const other = fleet.versions.find(({ owner }) => owner && isAtWork(owner, me))
  if (other?.owner && !takeover) throw atWork(other.group.name, other.owner, me.now)
}

/** What a rollout would do now, and nothing where all is as wanted. */
export async function plannedRollout(site: GroupSite, goal: Goal): Promise<RolloutStep[]> {
  return planRollout(await groundOf(site), goal)
}

/**
 * Makes the group be as wanted. Where the next version does not get there, it is removed again, and what served before goes on as if
 * nothing had been. Gives what was done. Throws PackageError: timeout and system where it fails, conflict, cancelled.
 */
export async function rollOut(
  call: CloudCall,
  site: GroupSite,
  goal: Goal,
  manners: RolloutManners,
): Promise<RolloutStep[]> {
  const ground = await groundOf(site)
  refuseOthers(call, ground.fleet, manners.takeover)
  const plan = planRollout(ground, goal)
  const rollout = rolloutOf(call, site)
  try {
    await carryOutRollout(rollout, plan)
  } catch (error) {
    if (!(error instanceof PackageError)) throw error
    if (error.code === 'ROLLOUT_OWNED' || error.kind === 'cancelled') throw error
    throw await takenBack(rollout, site, error, manners)
  }
  return plan
}

/** Takes all of a group's versions down. Gives what was done. */
export async function takeDown(
  call: CloudCall,
  site: GroupSite,
  manners: Pick<RolloutManners, 'takeover'>,
): Promise<RolloutStep[]> {
  const ground = await groundOf(site)
  refuseOthers(call, ground.fleet, manners.takeover)
  const plan = planTakeDown(ground)
  await carryOutRollout(rolloutOf(call, site), plan)
  return plan
}

/** What `takeDown` would do. */
export async function plannedTakeDown(site: GroupSite): Promise<RolloutStep[]> {
  return planTakeDown(await groundOf(site))
}

/** After a rollout: the listeners forward to where they are declared to, and what nothing uses any more goes. */
export async function settleLoadBalancer(
  call: CloudCall,
  site: GroupSite,
  balancer: LoadBalancerSite,
  { targetGroupArns, staleArns }: GroupLoadBalancer,
  goal: Goal,
): Promise<void> {
  await moveListeners(call, balancer)
  if (staleArns.length === 0 && goal.targetGroupArns.length === targetGroupArns.length) return
  await rollOut(
    call,
    site,
    { ...goal, targetGroupArns, force: false },
    { takeover: false, keepFailed: false },
  )
  await removeStale(call, balancer)
}

/** The lines of a plan, for people. */
export function planLines(plan: readonly RolloutStep[]): string[] {
  return plan.flatMap(rolloutLines)
}

async function groundOf({ fleet: place }: GroupSite): Promise<Ground> {
  const fleet = await readFleet(place)
  const settings = await readSettings(place, fleet.versions)
  return { fleet, settings, nameOf: (number) => versionName(place.owner, place.group, number) }
}

function meOf({ run, operator }: CloudCall): Rollout['me'] {
  const { id, processId } = run
  return { runId: id, operator, processId, isAlive: (other) => run.isAlive(other) }
}

function rolloutOf(call: CloudCall, { cloud, fleet }: GroupSite): Rollout {
  const { clock, report, stop } = call
  return {
    cloud,
    clock,
    report,
    place: fleet,
    me: meOf(call),
    isStopping: () => stop.isAsked(),
    claimed: undefined,
    known: new Set(),
  }
}

/** Gives the first error in any case: what the taking back fails of is told, and the next run takes it up. */
async function takenBack(
  rollout: Rollout,
  site: GroupSite,
  error: PackageError,
  { keepFailed }: RolloutManners,
): Promise<PackageError> {
  const { report, place } = rollout
  const tell = (text: string) =>
    report({ level: 'warning', code: 'TAKEN_BACK', group: place.group, text, data: { error: error.code } })
  try {
    const ground = await groundOf(site)
    const { live } = ground.fleet
    const serving = live ? `${live.group.name} serves as before` : 'nothing of it serves'
    const failed = ground.fleet.versions.filter(({ number }) => live === undefined || number > live.number)
    if (failed.length === 0) {
      // The next version was not made; its launch template may have been.
      if (ground.fleet.versions.every((version) => version === live)) {
        await carryOutRollout(rollout, planTakeBack(ground))
      }
      return error
    }
    const names = failed.map(({ group }) => group.name).join(', ')
    if (keepFailed) {
      tell(`${names} is kept to be looked at; the next update removes it; ${serving}`)
      return error
    }
    await carryOutRollout(rollout, planTakeBack(ground))
    tell(`${names} was removed; ${serving}`)
  } catch (second) {
    if (!(second instanceof PackageError)) throw second
    tell(`what was begun is not taken back: ${second.message}; the next update does it`)
  }
  return error
}
