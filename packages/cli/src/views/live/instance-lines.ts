import type { ShownInstance } from '@package/core/autoscale/version-progress'

import { liveLine, type LiveLine, type LiveSize } from './live-line.ts'

/**
 * An instance a line, with what it waits for. Where they are more than the lines that there are, the unhealthy ones come first, and
 * the last line sums up the rest.
 */
export function instanceLines(
  instances: readonly ShownInstance[],
  lines: number,
  size: LiveSize,
): LiveLine[] {
  if (lines <= 0) return []
  const fits = instances.length <= lines
  const order = fits ? instances : [...instances.filter(isUnhealthy), ...instances.filter(isHealthy)]
  const shown = fits ? order : order.slice(0, lines - 1)
  const rest = order.slice(shown.length)
  const zoneWidth = Math.max(0, ...shown.map(({ zone }) => zone.length))
  return [
    ...shown.map((each) => {
      const text = `  ${each.id}  ${each.zone.padEnd(zoneWidth)}  ${each.waitsFor || 'healthy'}`
      return liveLine(text, isUnhealthy(each) ? 'plain' : 'dim', size)
    }),
    ...(rest.length === 0 ? [] : [liveLine(`  and ${summary(rest)}`, 'dim', size)]),
  ]
}

/** `480 more healthy`; of several kinds `480 more: 300 pending, 180 healthy`. */
function summary(rest: readonly ShownInstance[]): string {
  const counts = new Map<string, number>()
  for (const { waitsFor } of rest) counts.set(waitsFor, (counts.get(waitsFor) ?? 0) + 1)
  const total = String(rest.length)
  const healthy = counts.get('') ?? 0
  if (healthy === rest.length) return `${total} more healthy`
  counts.delete('')
  const unhealthy = [...counts].sort(([, a], [, b]) => b - a)
  const kinds = [...unhealthy, ...(healthy > 0 ? [['healthy', healthy] as const] : [])]
  return `${total} more: ${kinds.map(([reason, count]) => `${String(count)} ${reason}`).join(', ')}`
}

function isUnhealthy({ waitsFor }: ShownInstance): boolean {
  return waitsFor !== ''
}

function isHealthy(instance: ShownInstance): boolean {
  return !isUnhealthy(instance)
}
