import { PackageError } from '../errors.ts'
import type { Clock } from '../ports/clock.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import type { Report } from '../ports/report.ts'
import { readVersions, rolloutTags, type FleetPlace, type Version } from './fleet.ts'
import { tagUpdate } from './mark-update.ts'
import { noticeLoss, type ReplacedVersion } from './replaced-version.ts'
import { atWork, heartbeat, isAtWork, ownerText, type RolloutWitness } from './rollout-owner.ts'
import type { WayBack } from './way-back.ts'

/** Who carries a plan out, and where. */
export interface Rollout {
  cloud: Cloud
  clock: Clock
  report: Report
  place: FleetPlace
  me: Omit<RolloutWitness, 'now'>
  /** Whether the operator has asked to stop: heeded between steps and while waiting. */
  isStopping: () => boolean
  /** Whether a version that does not get healthy stays, to be looked at. */
  keepFailed: boolean
  /** The autoscale group whose tag says that this run is at work. */
  claimed: string | undefined
  /** The ARNs of the autoscale groups that were planned with, by name: another one that has got the name since is somebody else's. */
  planned: ReadonlyMap<string, string>
  /** Whose mark each version bore that this run has doomed. */
  takenFrom: Map<string, string>
  /** What is in charge, where that says so until the next version does, and since when; milliseconds since 1970. */
  marked: { name: string; at: number } | undefined
  /** The version that is to come; missing where none is. */
  next: NextInCharge | undefined
  /** What is in charge meanwhile; missing where nothing is, and once it is taken out of charge. */
  replaced: ReplacedVersion | undefined
  /** What of the version in charge may be suspended. */
  frozen: { name: string; processes: readonly string[] } | undefined
  /** The instances that the other nodes have had time to learn of. */
  known: ReadonlySet<string>
  /** When the last thing began that the claimed group did before this run: failures until then are another run's. Not known yet without it. */
  claimedAfter: number | undefined
  /** Target groups that a version is not judged by, as its instances may not speak to them any more. */
  staleTargetGroupArns: readonly string[]
  /** Lets the listeners forward to where they are declared to. */
  moveListeners: () => Promise<void>
  /** Whether they do since then. */
  hasMovedListeners: boolean
  /** Removes the group's load balancer, declared or not. */
  removeLoadBalancer: () => Promise<void>
}

export interface NextInCharge {
  name: string
  isInCharge: boolean
  /** Whether this run has failed to put it in charge, and keeps it. */
  isKept: boolean
  /** What takes it back. */
  wayBack: WayBack
}

/** The versions as they are now. Says meanwhile that this run is at work. Throws PackageError: conflict where another has taken over, cancelled. */
export async function versionsNow(rollout: Rollout): Promise<Version[]> {
  heedStop(rollout)
  const all = await readVersions(rollout.place)
  await renewMark(rollout)
  const versions = all.filter((version) => isPlanned(rollout, version))
  const claimed = versions.find(({ group }) => group.name === rollout.claimed)
  if (!claimed || claimed.group.isBeingDeleted) {
    if (rollout.claimed !== undefined) heedRival(rollout, all)
    return versions
  }
  await renewClaim(rollout, claimed, all)
  noticeLoss(rollout, versions)
  return versions
}

/** Whether it is the one that was planned with, or new since. */
function isPlanned({ planned }: Rollout, { group: { name, arn } }: Version): boolean {
  return (planned.get(name) ?? arn) === arn
}

/** Says that this run is still at work on what it has claimed. Throws PackageError (conflict) where another has taken over. */
async function renewClaim(rollout: Rollout, claimed: Version, all: readonly Version[]): Promise<void> {
  const { clock, me, takenFrom } = rollout
  const { owner, group } = claimed
  const now = clock.now()
  if (!owner) throw takenOver(group.name, 'and finished it')
  // Who was at work has renewed its mark in the moment of the claim: it stops when it sees that its version is doomed.
  const isRenewed = owner.runId === takenFrom.get(group.name)
  if (owner.runId !== me.runId && !isRenewed) throw atWork(group.name, owner, now)
  heedDoom(rollout, claimed, all)
  if (isRenewed || now - owner.seenAt >= heartbeat) await claim(rollout, group.name)
}

/** Somebody else has claimed what is to come, to remove it: their mark may have been renewed away by this run, the phase is not. */
function heedDoom(rollout: Rollout, { phase, group: { name } }: Version, all: readonly Version[]): void {
  const { next } = rollout
  const isDoomed = phase === 'failed' || phase === 'deleting'
  if (!isDoomed || next?.name !== name || next.isKept) return
  heedRival(rollout, all)
  throw takenOver(name, 'to remove it')
}

/** Looks whether this run still has what it has claimed. Throws PackageError: conflict where it has not, cancelled. */
export async function hold(rollout: Rollout): Promise<void> {
  const versions = await versionsNow(rollout)
  const { claimed } = rollout
  const isThere = versions.some(({ group }) => group.name === claimed && !group.isBeingDeleted)
  if (claimed !== undefined && !isThere) throw takenOver(claimed, 'and finished it')
}

/** Throws PackageError (conflict) where somebody else is at work on one of these: what this run fails of is their doing. */
export function heedRival({ me, clock }: Rollout, versions: readonly Version[]): void {
  heedOthers({ ...me, now: clock.now() }, versions)
}

/** The same, for who is not at work yet. */
export function heedOthers(me: RolloutWitness, versions: readonly Version[]): void {
  for (const { group, owner, updatedBy } of versions) {
    const other = [owner, updatedBy].find((each) => each && isAtWork(each, me))
    if (other) throw atWork(group.name, other, me.now)
  }
}

/** Those that somebody else has made or claimed, and is at work on. */
export function rivalsAmong({ me, clock }: Rollout, versions: readonly Version[]): Version[] {
  const now = clock.now()
  return versions.filter(({ owner }) => owner && isAtWork(owner, { ...me, now }))
}

function takenOver(name: string, what: string): PackageError {
  const text = `somebody else has taken over ${name}, ${what}`
  return new PackageError('conflict', 'ROLLOUT_OWNED', text, {
    hint: 'package autoscale:status shows what serves now',
  })
}

/** One version as it is now; undefined when it is gone. */
export async function versionNow(rollout: Rollout, name: string): Promise<Version | undefined> {
  return (await versionsNow(rollout)).find(({ group }) => group.name === name)
}

/** Throws PackageError (conflict) where what is to serve in its place does not exist any more. */
export function heedSuccessor({ claimed }: Rollout, versions: readonly Version[], name: string): void {
  if (claimed === undefined || claimed === name) return
  const successor = versions.find(({ group }) => group.name === claimed)
  if (!successor || successor.group.isBeingDeleted) throw versionGone(claimed)
}

export function versionGone(name: string): PackageError {
  return new PackageError('conflict', 'VERSION_GONE', `somebody has deleted ${name} meanwhile`, {
    hint: 'run the same command again',
  })
}

export async function claim(
  rollout: Rollout,
  name: string,
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { cloud } = rollout
  await cloud.tagScalingGroup(name, { [rolloutTags.owner]: ownerNow(rollout), ...more })
  rollout.claimed = name
}

/** Says on what is in charge that this run is about to replace it, as long as no other version says that; not where somebody has deleted it. */
export async function markUpdated(rollout: Rollout, name: string): Promise<void> {
  const { cloud, clock, me } = rollout
  const at = clock.now()
  const isThere = await tagUpdate(cloud, name, { ...me, seenAt: at })
  rollout.marked = isThere ? { name, at } : undefined
}

async function renewMark(rollout: Rollout): Promise<void> {
  const { marked, clock } = rollout
  if (marked && clock.now() - marked.at >= heartbeat) await markUpdated(rollout, marked.name)
}

/** The text of the tag that says that this run is at work. */
export function ownerNow({ me, clock }: Rollout): string {
  return ownerText({ ...me, seenAt: clock.now() })
}

export function heedStop({ isStopping, place }: Rollout): void {
  if (!isStopping()) return
  throw new PackageError('cancelled', 'CANCELLED', `the work on ${place.group} was stopped half-way`)
}
