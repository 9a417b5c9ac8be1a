import { isVersionProgress, type VersionProgress } from '@package/core/autoscale/version-progress'
import type { Event } from '@package/core/ports/report'

import type { Streams } from '../view.ts'
import { liveArea } from './live-area.ts'
import { liveLines, type LiveState } from './live-lines.ts'

/** In milliseconds: more often nobody can read it, and where waits take no time there would be nothing but redrawing. */
const betweenDraws = 100

/** In milliseconds: how often the time left is drawn, and a new size of the terminal is heeded. */
const tick = 1000

/** How far the waits have come, on a terminal. */
export interface LiveProgress {
  /** False where there is no terminal for it. */
  show(event: Event): boolean
  /** A line that stays, above. The waits of its group are over. */
  print(line: string, group?: string): void
  end(): void
}

interface Shown {
  progress: VersionProgress
  /** When that came, by the time of this machine. */
  at: number
}

export function liveProgress(streams: Streams, now: () => number = Date.now): LiveProgress {
  const area = liveArea(streams)
  /** By group; one that waits for nothing now keeps its place. */
  const versions = new Map<string, Shown | undefined>()
  let note: string | undefined
  let drawnAt = -Infinity
  let timer: NodeJS.Timeout | undefined

  const shown = () => [...versions.values()].filter((each) => each !== undefined)
  const state = (): LiveState => ({
    note,
    versions: shown().map(({ progress, at }) => ({
      ...progress,
      left: progress.deadline === undefined ? undefined : progress.deadline - progress.now - (now() - at),
    })),
  })
  const drawIn = (milliseconds: number) => {
    clearTimeout(timer)
    timer = setTimeout(draw, milliseconds).unref()
  }
  const draw = (above?: string) => {
    clearTimeout(timer)
    const isEmpty = shown().length === 0 && note === undefined
    const size = isEmpty ? undefined : streams.liveSize()
    area.draw(size === undefined ? [] : liveLines(state(), size), above)
    if (isEmpty) return
    drawnAt = now()
    drawIn(tick)
  }

  return {
    show({ text, group = '', data }) {
      if (streams.liveSize() === undefined) return false
      if (isVersionProgress(data)) versions.set(group, { progress: data, at: now() })
      else note = text
      const wait = drawnAt + betweenDraws - now()
      if (wait <= 0) draw()
      else drawIn(wait)
      return true
    },
    print(line, group) {
      note = undefined
      if (group !== undefined && versions.has(group)) versions.set(group, undefined)
      draw(line)
    },
    end() {
      versions.clear()
      note = undefined
      draw()
    },
  }
}
