import type { VersionHealth, VersionProgress } from '@package/core/autoscale/version-progress'

import { liveLine, type LiveLine, type LiveSize } from './live-line.ts'
import { timeLeft } from './time-left.ts'

const widestBar = 40
const narrowestBar = 8

/** What the live area shows of a version; `left` are the milliseconds that its wait has left. */
export interface LiveVersion extends Pick<VersionProgress, 'name' | 'waitsFor' | 'health'> {
  left: number | undefined
}

/** A version's bar, and the time that is left: `web-v001  [#####     ]  2 of 4 healthy  14:05 left`. */
export function versionLine(version: LiveVersion, nameWidth: number, size: LiveSize): LiveLine {
  const { name, waitsFor, health, left } = version
  const counts = health && `${String(health.healthy)} of ${String(health.wanted)} ${health.aim ?? 'healthy'}`
  const state = counts ?? (waitsFor === undefined ? 'at work' : `waits for ${waitsFor}`)
  const time = left === undefined ? '' : `  ${timeLeft(left)} left`
  const head = `${name.padEnd(nameWidth)}  `
  const rest = `${state}${time}`
  const room = Math.min(widestBar, size.columns - 1 - head.length - rest.length - '[]  '.length)
  const shown = health && room >= narrowestBar ? `${bar(health, room)}  ` : ''
  return liveLine(head + shown + rest, 'bold', size)
}

/** Full only when all are healthy. */
function bar({ healthy, wanted }: VersionHealth, width: number): string {
  const part = wanted === 0 ? 1 : Math.min(1, healthy / wanted)
  const filled = Math.floor(part * width)
  return `[${'#'.repeat(filled)}${' '.repeat(width - filled)}]`
}
