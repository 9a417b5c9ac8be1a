import { progress } from '../plan/progress.ts'
import { awaitHealthy } from './await-healthy.ts'
import { versionGone, versionNow, versionsNow, type Rollout } from './rollout.ts'
import type { VersionProgress } from './version-progress.ts'

/** In milliseconds: how often the time that is left is told. */
const told = 30_000

/** Gives the other nodes so many seconds to learn of the instances that a version has now. */
export async function awaitOthers(
  rollout: Rollout,
  { name, seconds }: { name: string; seconds: number },
): Promise<void> {
  const { clock, report, place } = rollout
  const tell = progress(report, place.group)
  const began = clock.now()
  const deadline = began + seconds * 1000
  for (let left = seconds * 1000; left > 0; left = deadline - clock.now()) {
    const version = await versionNow(rollout, name)
    if (!version || version.group.isBeingDeleted) throw versionGone(name)
    if (left === seconds * 1000) rollout.known = new Set(version.group.instances.map(({ id }) => id))
    const shown = String(Math.ceil(left / told) * (told / 1000))
    const waitsFor = 'the other nodes to learn of it'
    const data: VersionProgress = { name, now: clock.now(), deadline, waitsFor }
    tell(`${name}: the other nodes have ${shown} s left to learn of it`, data)
    await clock.sleep(Math.min(left, clock.pollInterval))
  }
}

/**
 * What is in charge may have grown meanwhile: nothing of it goes before as much of the next one is healthy. The other nodes learn of
 * instances that have come since too, as those that replace ones which did not stay healthy.
 */
export async function matchCapacity(
  rollout: Rollout,
  { name, replaces, within, seconds }: { name: string; replaces: string; within: number; seconds: number },
): Promise<void> {
  const since = rollout.clock.now()
  for (;;) {
    await growTo(rollout, name, replaces)
    const ids = await awaitHealthy(rollout, name, { within, since })
    if (seconds === 0 || ids.every((id) => rollout.known.has(id))) return
    await awaitOthers(rollout, { name, seconds })
  }
}

async function growTo(rollout: Rollout, name: string, replaces: string): Promise<void> {
  const versions = await versionsNow(rollout)
  const old = versions.find(({ group }) => group.name === replaces)?.group
  const next = versions.find(({ group }) => group.name === name)?.group
  if (!next || !old) return
  const serving = old.instances.filter(({ lifecycle, isHealthy }) => lifecycle === 'InService' && isHealthy)
  const needed = Math.min(Math.max(serving.length, old.desired), next.max)
  if (needed > next.desired) await rollout.cloud.updateScalingGroup(name, { desired: needed })
}
