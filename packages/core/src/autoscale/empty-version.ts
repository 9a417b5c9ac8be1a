import { PackageError } from '../errors.ts'
import { progress } from '../plan/progress.ts'
import { waitUntil } from '../plan/wait-until.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import type { ScalingGroup } from '../ports/cloud/scaling-groups.ts'
import { heedSuccessor, versionNow, versionsNow, type Rollout } from './rollout.ts'
import type { VersionProgress } from './version-progress.ts'

/** In milliseconds: an hour of draining at most (ELBv2 API Reference, deregistration_delay), and what AWS takes beside it. */
const longestDrain = 3_900_000

/** In milliseconds; a termination hook of somebody else may take its time. */
const longestEnd = 3_900_000

/** Takes a version out of its load balancer, and waits until its targets have drained. */
export async function detach(rollout: Rollout, name: string, arns: readonly string[]): Promise<void> {
  const { cloud, clock, report, place } = rollout
  const tell = progress(report, place.group)
  const version = await versionNow(rollout, name)
  if (version === undefined || version.group.isBeingDeleted) return
  const attached = await cloud.attachedTargetGroups(name)
  const left = attached.filter(({ arn, isRemoving }) => arns.includes(arn) && !isRemoving)
  if (left.length > 0) {
    await cloud.detachTargetGroups(
      name,
      left.map(({ arn }) => arn),
    )
  }
  const look = async () => {
    if ((await versionNow(rollout, name)) === undefined) return true
    const draining = (await cloud.attachedTargetGroups(name)).filter(({ arn }) => arns.includes(arn))
    if (draining.length === 0) return true
    tell(`${name}: its targets drain`, waitData(rollout, name, 'its targets to drain'))
    return undefined
  }
  const tooLate = () =>
    new PackageError('timeout', 'NOT_DRAINED', `${name}: its targets still drain after 65 minutes`, {
      hint: 'run the same command again: it goes on waiting',
    })
  await waitUntil({ clock, longest: longestDrain, look, tooLate })
}

/** Takes all instances from a version, and waits until they have ended. */
export async function empty(rollout: Rollout, name: string): Promise<void> {
  const { cloud, clock, report, place } = rollout
  const tell = progress(report, place.group)
  const versions = await versionsNow(rollout)
  heedSuccessor(rollout, versions, name)
  const version = versions.find(({ group }) => group.name === name)
  if (version === undefined || version.group.isBeingDeleted) return
  await wantNone(cloud, version.group)
  let seen = version.group
  const look = async () => {
    const now = await versionNow(rollout, name)
    if (now === undefined) return true
    await wantNone(cloud, now.group)
    if (now.group.instances.length === 0) return true
    seen = now.group
    if (areKept(seen.instances)) throw kept(rollout, seen)
    const count = String(seen.instances.length)
    tell(
      `${name}: its instances end, ${count} left`,
      waitData(rollout, name, `its instances to end, ${count} left`),
    )
    return undefined
  }
  const tooLate = () => kept(rollout, seen)
  await waitUntil({ clock, longest: longestEnd, look, tooLate })
}

/** Its schedule or an alarm may want some again meanwhile. */
async function wantNone(cloud: Cloud, { name, min, max, desired }: ScalingGroup): Promise<void> {
  if (min + max + desired > 0) await cloud.updateScalingGroup(name, { min: 0, max: 0, desired: 0 })
}

/** Deletes an empty version, and waits until it is gone. */
export async function deleteVersion(rollout: Rollout, name: string): Promise<void> {
  const { cloud, clock, report, place } = rollout
  const tell = progress(report, place.group)
  const look = async () => {
    const version = await versionNow(rollout, name)
    if (version === undefined) return true
    if (!version.group.isBeingDeleted) {
      await wantNone(cloud, version.group)
      await unlessBusy(async () => {
        await cloud.deleteScalingGroup(name)
        // Whoever does not find it any more finds that this run has removed it.
        if (rollout.claimed === name) rollout.claimed = undefined
      })
    }
    tell(`${name} is being deleted`, waitData(rollout, name, 'its deletion'))
    return undefined
  }
  const tooLate = () =>
    new PackageError('timeout', 'NOT_DELETED', `AWS has not deleted ${name} after 65 minutes`, {
      hint: 'run the same command again: it goes on waiting',
    })
  await waitUntil({ clock, longest: longestEnd, look, tooLate })
}

function waitData({ clock }: Rollout, name: string, waitsFor: string): VersionProgress {
  return { name, now: clock.now(), waitsFor }
}

/** A group that still has activities is asked for again at the next look. */
async function unlessBusy(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof PackageError) || error.code !== 'SCALING_GROUP_BUSY') throw error
  }
}

/** Whether these are nothing but what somebody keeps by hand. */
export function areKept(instances: ScalingGroup['instances']): boolean {
  return instances.length > 0 && instances.every(isKept)
}

function isKept({ isProtected, lifecycle }: ScalingGroup['instances'][number]): boolean {
  return lifecycle === 'Standby' || (isProtected && lifecycle === 'InService')
}

function kept({ place }: Rollout, { name, instances }: ScalingGroup): PackageError {
  const texts = instances.map((each) => {
    const why =
      each.lifecycle === 'Standby'
        ? 'in standby'
        : each.isProtected
          ? 'protected from scale-in'
          : each.lifecycle
    return `${each.id} (${why})`
  })
  return new PackageError('timeout', 'NOT_EMPTY', `${name} keeps ${texts.join(', ')}`, {
    hint: `what they do may have to be finished first; then ${freeing(name, instances)}end them, and run the same command again: it goes on with ${place.group}`,
  })
}

/** Of those that are nothing but protected. */
function freeing(name: string, instances: ScalingGroup['instances']): string {
  const ids = instances.filter((each) => isKept(each) && each.lifecycle !== 'Standby').map(({ id }) => id)
  if (ids.length === 0) return ''
  return `take the protection (aws autoscaling set-instance-protection --no-protected-from-scale-in --auto-scaling-group-name ${name} --instance-ids ${ids.join(' ')}) or `
}
