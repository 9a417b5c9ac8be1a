import { isVersionProgress } from '@package/core/autoscale/version-progress'
import type { Event } from '@package/core/ports/report'

/** Of so many instances, each change is a line. */
const few = 10

/** Of more: as many lines at most on the way from none healthy to all. */
const steps = 20

/** In milliseconds: how long no line comes at most. */
const longestSilence = 60_000

/** Says which waits are worth a line where lines stay: a large group must not fill a log. */
export function plainProgress(): (event: Event) => boolean {
  const told = new Map<string, { healthy: number; now: number }>()
  return ({ data }) => {
    if (!isVersionProgress(data) || data.health === undefined) return true
    const { name, now } = data
    const { healthy, wanted, instances, aim } = data.health
    const last = told.get(name)
    // Of a deploy, hosts that begin are told of too.
    const isSame = aim !== undefined && last?.healthy === healthy
    if (isSame && now - last.now < longestSilence) return false
    const isWorthIt =
      last === undefined ||
      Math.max(wanted, instances.length) <= few ||
      (healthy >= wanted && last.healthy < wanted) ||
      Math.abs(healthy - last.healthy) >= wanted / steps ||
      now - last.now >= longestSilence
    if (isWorthIt) told.set(name, { healthy, now })
    return isWorthIt
  }
}
