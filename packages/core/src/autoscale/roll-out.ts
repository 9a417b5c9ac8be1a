import type { CloudCall } from '../action.ts'
import { PackageError } from '../errors.ts'
import { carryOutRollout } from './carry-out-rollout.ts'
import { arnsOf, readFleet, type Fleet, type Version } from './fleet.ts'
import type { Goal } from './goal.ts'
import {
  moveListeners,
  plannedRemoval,
  removeLoadBalancer,
  removeStale,
  type ChangingCall,
} from './group-load-balancer.ts'
import type { Ground } from './ground.ts'
import { heldCall } from './held-call.ts'
import { planRollout } from './plan-rollout.ts'
import { planTakeDown } from './plan-take-down.ts'
import { planSettling } from './plan-settling.ts'
import type { GroupSite, PreparedRollout } from './prepare-rollout.ts'
import { groundOf, readRolloutGround, rolloutGround } from './read-ground.ts'
import { isOfLost, replacedBy } from './replaced-version.ts'
import { heedOthers, heedRival, type NextInCharge, type Rollout } from './rollout.ts'
import { rolloutLines } from './rollout-lines.ts'
import type { ClaimStep, RolloutStep } from './rollout-step.ts'
import { witnessOf } from './rollout-witness.ts'
import { takenBack } from './take-back.ts'
import { thawServing } from './thaw-serving.ts'
import { warnOfSuspended } from './warn-of-suspended.ts'
import { wayBackFrom } from './way-back.ts'

/** What to do about others at work, and about a version that fails. */
export interface RolloutManners {
  takeover: boolean
  keepFailed: boolean
}

/** What was done, also for people. */
export interface RolledOut {
  done: readonly RolloutStep[]
  lines: string[]
}

/** Throws PackageError (conflict) where somebody else is at work on the group, unless their work is to be taken over. */
export function refuseOthers(call: CloudCall, fleet: Fleet, takeover: boolean): void {
  if (!takeover) heedOthers({ ...witnessOf(call), now: call.clock.now() }, fleet.versions)
}

/** What a rollout would do now, from first to last, for people; nothing where all is as wanted. Throws PackageError (conflict). */
export async function plannedRollout(
  site: GroupSite,
  fleet: Fleet,
  { goal, loadBalancer, lines }: PreparedRollout,
): Promise<string[]> {
  const ground = await rolloutGround(site, fleet, goal)
  const plan = planRollout(ground, goal)
  return [
    ...lines,
    ...planLines(plan, loadBalancer.listenerLines),
    ...planLines(planSettling(ground, goal, plan)),
    ...loadBalancer.removalLines,
  ]
}

/**
 * Makes the group be as wanted. Where the next version does not get there, it is removed again, and what served before goes on as if
 * nothing had been. Gives what was done. Throws PackageError: timeout and system where it fails, conflict, cancelled.
 */
export async function rollOut(
  call: CloudCall,
  site: GroupSite,
  { goal, site: balancer }: Pick<PreparedRollout, 'goal' | 'site'>,
  manners: RolloutManners,
): Promise<RolledOut> {
  // Once more since the action has looked: what was made meanwhile takes minutes, and nothing has kept others from the group.
  const found = await readRolloutGround(site, goal)
  refuseOthers(call, found.fleet, manners.takeover)
  const rollout = rolloutOf(call, site)
  const { claims, ground, plan } = await claimLeft(rollout, site, goal, found)
  rollout.keepFailed = manners.keepFailed
  rollout.next = nextOf(plan, goal)
  rollout.replaced = replacedBy(plan)
  rollout.frozen = frozenOf(ground.fleet)
  rollout.staleTargetGroupArns = goal.staleTargetGroupArns
  const moved: string[] = []
  rollout.moveListeners = async () => void moved.push(...(await moveListeners(call, balancer)))
  warnOfSuspended(call, ground.fleet, plan)
  try {
    await carryOutRollout(rollout, plan)
  } catch (error) {
    if (!(error instanceof PackageError)) throw error
    if (error.kind === 'cancelled') await thawServing(rollout)
    if (error.code === 'ROLLOUT_OWNED' || error.kind === 'cancelled') throw error
    const { idleTargetGroupArns } = goal
    throw await takenBack(rollout, () => readRolloutGround(site, goal), error, idleTargetGroupArns)
  }
  const done = [...claims, ...plan].filter((step) => !isOfLost(rollout, step))
  return { done: [...claims, ...plan], lines: planLines(done, moved) }
}

/**
 * Claims what others have left, and plans from what there is then: somebody else who takes over at the same time may have changed it since it was
 * looked at. Each is claimed once, so that who claims it last wins. Throws PackageError (conflict) where that is another one.
 */
async function claimLeft(rollout: Rollout, site: GroupSite, goal: Goal, found: Ground): Promise<Claimed> {
  const claims: ClaimStep[] = []
  for (let ground = found; ;) {
    const { versions } = ground.fleet
    const owners = new Map(versions.map(({ group, owner }) => [group.name, owner?.runId]))
    const plan = planRollout(ground, goal)
    const isOurs = ({ name }: ClaimStep) => owners.get(name) === rollout.me.runId
    const wanted = plan.filter((step) => step.do === 'claim')
    const due = wanted.filter((step) => (step.doomed ?? owners.get(step.name)) !== undefined && !isOurs(step))
    if (due.length === 0) {
      // Of several, what the plan goes on with comes last; what was claimed before that may be gone.
      rollout.claimed = wanted.findLast(isOurs)?.name
      rollout.planned = arnsOf(versions)
      return { claims, ground, plan: plan.filter((step) => step.do !== 'claim' || !isOurs(step)) }
    }
    heedRival(
      rollout,
      versions.filter((version) => claims.some((claim) => isLost(version, claim))),
    )
    await carryOutRollout(rollout, due)
    claims.push(...due)
    ground = await readRolloutGround(site, goal)
  }
}

/** Who was at work may have renewed the mark in the moment of the claim: it stops when it sees that its version is doomed, and that is claimed again. */
function isLost({ group, owner }: Version, { name, doomed, takenFrom }: ClaimStep): boolean {
  return group.name === name && !(doomed && owner?.runId === takenFrom)
}

interface Claimed {
  claims: ClaimStep[]
  ground: Ground
  plan: RolloutStep[]
}

function nextOf(plan: readonly RolloutStep[], { template }: Goal): NextInCharge | undefined {
  const promotion = plan.find((step) => step.do === 'promote')
  if (promotion === undefined) return undefined
  const wayBack = wayBackFrom({
    isFirst: replacedBy(plan) === undefined,
    isRollback: 'version' in template,
  })
  return { name: promotion.name, isInCharge: false, isKept: false, wayBack }
}

function frozenOf({ live }: Fleet): Rollout['frozen'] {
  return live && live.frozen.length > 0 ? { name: live.group.name, processes: live.frozen } : undefined
}

/** Takes all of a group down: versions, load balancer, launch template. Throws PackageError: those of the cloud, conflict, timeout, cancelled. */
export async function takeDown(
  call: CloudCall,
  site: GroupSite,
  manners: Pick<RolloutManners, 'takeover'>,
): Promise<void> {
  // Once more since the action has looked: the operator was asked meanwhile.
  const ground = await groundOf(site, await readFleet(site.fleet))
  refuseOthers(call, ground.fleet, manners.takeover)
  const rollout = rolloutOf(call, site)
  rollout.planned = arnsOf(ground.fleet.versions)
  rollout.removeLoadBalancer = () => removeLoadBalancer(heldCall(call, rollout), site)
  await carryOutRollout(rollout, planTakeDown(ground))
}

/** What `takeDown` would do, for people; nothing where nothing is left of the group. */
export async function plannedTakeDown(call: CloudCall, site: GroupSite, fleet: Fleet): Promise<string[]> {
  const removals = await plannedRemoval(call, site)
  return planLines(planTakeDown(await groundOf(site, fleet)), [], removals)
}

/** After a rollout that leaves the group claimed: what nothing uses any more goes. Gives what was done, for people. */
export async function settleLoadBalancer(
  call: CloudCall,
  site: GroupSite,
  { goal, site: balancer }: PreparedRollout,
): Promise<string[]> {
  const settled: Goal = {
    ...goal,
    idleTargetGroupArns: [],
    staleTargetGroupArns: [],
    movesListeners: false,
    force: false,
  }
  const manners = { takeover: false, keepFailed: false }
  const { lines } = await rollOut(call, site, { goal: settled, site: balancer }, manners)
  const removed = await whileClaimed(call, site, (held) => removeStale(held, balancer))
  return [...lines, ...removed]
}

/** Does the last work on a group while what is in charge says so. Throws PackageError (conflict) where somebody else is at work, and those of the work. */
async function whileClaimed<T>(
  call: CloudCall,
  site: GroupSite,
  work: (held: ChangingCall) => Promise<T>,
): Promise<T> {
  const fleet = await readFleet(site.fleet)
  refuseOthers(call, fleet, false)
  const name = fleet.live?.group.name
  if (name === undefined) return work(call)
  const rollout = rolloutOf(call, site)
  await carryOutRollout(rollout, [{ do: 'claim', name, goesOn: false }])
  const result = await work(heldCall(call, rollout))
  await carryOutRollout(rollout, [{ do: 'release', name, isDone: true }])
  return result
}

/** The lines of a plan, for people, with those of the listeners that it moves, and of the load balancer that it removes. */
function planLines(
  plan: readonly RolloutStep[],
  moved: readonly string[] = [],
  removed: readonly string[] = [],
): string[] {
  return plan.flatMap((step) =>
    step.do === 'move-listeners' ? moved : step.do === 'remove-load-balancer' ? removed : rolloutLines(step),
  )
}

function rolloutOf(call: CloudCall, { cloud, fleet }: GroupSite): Rollout {
  const { clock, report, stop } = call
  return {
    cloud,
    clock,
    report,
    place: fleet,
    me: witnessOf(call),
    isStopping: () => stop.isAsked(),
    keepFailed: false,
    claimed: undefined,
    planned: new Map(),
    takenFrom: new Map(),
    marked: undefined,
    next: undefined,
    replaced: undefined,
    frozen: undefined,
    known: new Set(),
    claimedAfter: undefined,
    staleTargetGroupArns: [],
    moveListeners: () => Promise.resolve(),
    removeLoadBalancer: () => Promise.resolve(),
    hasMovedListeners: false,
  }
}
