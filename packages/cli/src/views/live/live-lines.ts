import { instanceLines } from './instance-lines.ts'
import { liveLine, type LiveLine, type LiveSize } from './live-line.ts'
import { shareLines } from './share-lines.ts'
import { versionLine, type LiveVersion } from './version-line.ts'

/** What is waited for now. */
export interface LiveState {
  /** In the order in which they began. */
  versions: readonly LiveVersion[]
  /** How far a wait has come that is no version's. */
  note: string | undefined
}

/**
 * The lines of the live area: what each version waits for, and below it its instances. They always leave a row of the terminal: the
 * lines above scroll there.
 */
export function liveLines({ versions, note }: LiveState, size: LiveSize): LiveLine[] {
  const notes = note === undefined ? [] : [liveLine(note, 'plain', size)]
  const room = Math.max(1, size.rows - 1) - notes.length
  const shown = versions.length <= room ? versions : versions.slice(0, Math.max(0, room - 1))
  const hidden = versions.length - shown.length
  const instances = shown.map(({ health }) => health?.instances ?? [])
  const needs = instances.map(({ length }) => length)
  const shares = shareLines(needs, hidden > 0 ? 0 : room - shown.length)
  const nameWidth = Math.max(0, ...shown.map(({ name }) => name.length))
  return [
    ...shown.flatMap((version, index) => [
      versionLine(version, nameWidth, size),
      ...instanceLines(instances[index] ?? [], shares[index] ?? 0, size),
    ]),
    ...(hidden > 0 && room > 0 ? [liveLine(`and ${String(hidden)} more groups`, 'dim', size)] : []),
    ...notes,
  ]
}
