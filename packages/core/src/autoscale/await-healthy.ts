import { PackageError } from '../errors.ts'
import { progress } from '../plan/progress.ts'
import { waitUntil } from '../plan/wait-until.ts'
import type { Version } from './fleet.ts'
import { instanceHealth, isHealthy, type InstanceHealth } from './instance-health.ts'
import { launchFailure } from './launch-failure.ts'
import { isLeaving, ReplacedInstances } from './replaced-instances.ts'
import { versionGone, versionNow, type Rollout } from './rollout.ts'
import type { VersionProgress } from './version-progress.ts'
import { waitingText } from './waiting-text.ts'

/** One success may be a flap (kops #9165). */
const looksInARow = 2

/** Launches that failed one after the other, after which no other is waited for. */
const mostFailures = 3

/** In milliseconds: AWS lists a group that was made within seconds; after that, somebody has deleted it. */
const longestUnlisted = 60_000

interface HealthWait {
  /** In seconds. */
  within: number
  /** From when on; now without it. */
  since?: number
  /** AWS may not list a group yet that was made a moment ago. */
  isNew?: boolean
}

/**
 * Waits so many seconds at most, until a version has as many healthy instances as it wants, twice in a row. Gives their ids. Throws PackageError: timeout,
 * and system where it cannot launch, which both say which instance waits for what; conflict where somebody deletes it meanwhile.
 */
export async function awaitHealthy(
  rollout: Rollout,
  name: string,
  { within, since = rollout.clock.now(), isNew = false }: HealthWait,
): Promise<string[]> {
  const { clock, report, place } = rollout
  const tell = progress(report, place.group)
  const deadline = since + within * 1000
  let inARow = 0
  let wasSeen = !isNew
  let seen: Look = { wanted: 0, isNext: isNew, instances: [] }
  const replaced = new ReplacedInstances()
  const look = async () => {
    const version = await versionNow(rollout, name)
    if (!version && !wasSeen && clock.now() < since + longestUnlisted) return undefined
    if (!version || version.group.isBeingDeleted) throw versionGone(name)
    wasSeen = true
    seen = await lookAt(rollout, version)
    const { instances } = seen
    replaced.note(instances)
    inARow = countHealthy(seen) >= seen.wanted ? inARow + 1 : 0
    tell(textOf(name, seen), dataOf(name, seen, { now: clock.now(), deadline }))
    if (inARow >= looksInARow) return instances.filter(isHealthy).map(({ id }) => id)
    if (inARow === 0) await heedFailedLaunches(rollout, version, instances)
    return undefined
  }
  return waitUntil({
    clock,
    longest: deadline - clock.now(),
    look,
    tooLate: () => tooLate(rollout, { name, within, seen, replaced: replaced.text() }),
  })
}

/** One look; where that is not enough, waits as `awaitHealthy` does, and throws as that does. */
export async function confirmHealthy(rollout: Rollout, name: string, within: number): Promise<void> {
  const version = await versionNow(rollout, name)
  if (!version || version.group.isBeingDeleted) throw versionGone(name)
  const seen = await lookAt(rollout, version)
  if (countHealthy(seen) < seen.wanted) await awaitHealthy(rollout, name, { within })
}

/** In the target groups that it is to serve in. */
async function lookAt({ cloud, staleTargetGroupArns }: Rollout, { group, phase }: Version): Promise<Look> {
  const targetGroupArns = group.targetGroupArns.filter((arn) => !staleTargetGroupArns.includes(arn))
  return {
    wanted: group.desired,
    isNext: phase === 'staging',
    instances: await instanceHealth(cloud, { ...group, targetGroupArns }),
  }
}

interface Look {
  wanted: number
  /** Not in charge yet: it is removed where it does not get healthy. */
  isNext: boolean
  instances: readonly InstanceHealth[]
}

function countHealthy({ instances }: Look): number {
  return instances.filter(isHealthy).length
}

function textOf(name: string, seen: Look): string {
  return `${name}: ${String(countHealthy(seen))} of ${String(seen.wanted)} healthy${waitingText(seen.instances)}`
}

function dataOf(name: string, seen: Look, times: Pick<VersionProgress, 'now' | 'deadline'>): VersionProgress {
  const { wanted, instances } = seen
  return { name, ...times, health: { healthy: countHealthy(seen), wanted, instances } }
}

/** AWS tries again for ever; a launch that failed so often will not get better by itself in the time that there is. */
async function heedFailedLaunches(
  { cloud, place, claimedAfter = -Infinity }: Rollout,
  { group }: Version,
  instances: readonly InstanceHealth[],
): Promise<void> {
  if (instances.length >= group.desired && !instances.some(isLeaving)) return
  const launches = (await cloud.scalingActivities(group.name)).filter(
    ({ description, startedAt }) => description.startsWith('Launching') && startedAt > claimedAfter,
  )
  const lastSuccess = launches.findIndex(({ status }) => status === 'Successful')
  const since = lastSuccess === -1 ? launches : launches.slice(0, lastSuccess)
  const failed = since.filter(({ status }) => status === 'Failed' || status === 'Cancelled')
  const [newest] = failed
  if (newest === undefined || failed.length < mostFailures) return
  throw launchFailure(group.name, place.group, failed.length, newest)
}

function tooLate(
  { place, keepFailed }: Rollout,
  { name, within, seen, replaced }: { name: string; within: number; seen: Look; replaced: string },
): PackageError {
  const { wanted, isNext, instances } = seen
  const healthy = countHealthy(seen)
  const none = instances.length === 0 ? '; it has no instance yet' : waitingText(instances)
  const text = `${name}: ${String(healthy)} of ${String(wanted)} healthy after ${String(within)} s${none}${replaced}`
  const look = isNext && !keepFailed ? 'add --keep-failed to look at one of them; ' : ''
  return new PackageError('timeout', 'NOT_HEALTHY', text, {
    hint: `${look}where they only need longer, raise autoscale.health_timeout of ${place.group}`,
  })
}
