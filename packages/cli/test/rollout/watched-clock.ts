import type { Clock } from '@package/core/ports/clock'
import type { Sandbox } from '@package/sandbox/sandbox'

/** A clock whose sleeps are what lets time pass, second by second where somebody watches. */
export function watchedClock(sandbox: Sandbox, watch: (() => void) | undefined): Clock {
  return {
    now: () => sandbox.now(),
    sleep: async (milliseconds: number) => {
      const step = watch ? 1000 : milliseconds
      for (let left = milliseconds; left > 0; left -= step) {
        await sandbox.advance(Math.min(left, step))
        watch?.()
      }
    },
    random: () => 0.5,
    pollInterval: 15_000,
  }
}
