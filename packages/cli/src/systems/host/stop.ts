import type { Stop } from '@package/core/ports/stop'

/** The first Ctrl-C is a wish; the second ends the process as it does without this. */
export function stopOnInterrupt(): Stop {
  let isWatched = false
  let isAsked = false
  return {
    isAsked() {
      if (!isWatched) {
        isWatched = true
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => (isAsked = true))
      }
      return isAsked
    },
  }
}
