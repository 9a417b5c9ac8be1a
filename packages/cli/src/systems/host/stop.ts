import type { Stop } from '@package/core/ports/stop'

/** The first Ctrl-C is a wish; the second ends the process as it does without this. */
export function stopOnInterrupt(): Stop {
  let isHeeded = false
  let isAsked = false
  return {
    heed() {
      if (isHeeded) return
      isHeeded = true
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => (isAsked = true))
    },
    isAsked: () => isAsked,
  }
}
