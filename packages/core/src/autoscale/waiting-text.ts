import { isHealthy, type InstanceHealth } from './instance-health.ts'

/** Of so many, each one is named. */
const mostNamed = 3

/** Reasons that a line tells. */
const mostReasons = 3

/** What the unhealthy instances wait for, as the rest of a line: by reason, so that it stays a line with hundreds of them. */
export function waitingText(instances: readonly InstanceHealth[]): string {
  const unhealthy = instances.filter((each) => !isHealthy(each))
  const reasons = byReason(unhealthy)
  const named = unhealthy.length <= mostNamed ? mostNamed : 1
  const shown = reasons.slice(0, mostReasons)
  const texts = shown.map(([reason, ids]) => `; ${namesOf(ids, named)}: ${reason}`)
  const more = reasons.slice(mostReasons).reduce((sum, [, ids]) => sum + ids.length, 0)
  return texts.join('') + (more > 0 ? `; and ${String(more)} more` : '')
}

/** The ids that wait for the same, the most frequent reason first. */
function byReason(unhealthy: readonly InstanceHealth[]): [string, string[]][] {
  const reasons = new Map<string, string[]>()
  for (const { id, waitsFor } of unhealthy) reasons.set(waitsFor, [...(reasons.get(waitsFor) ?? []), id])
  return [...reasons].sort(([, a], [, b]) => b.length - a.length)
}

function namesOf(ids: readonly string[], most: number): string {
  const more = ids.length - most
  return ids.slice(0, most).join(', ') + (more > 0 ? ` and ${String(more)} more` : '')
}
