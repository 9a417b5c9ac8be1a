import type { PackageError } from '../errors.ts'
import type { Clock } from '../ports/clock.ts'

export interface Wait<T> {
  clock: Clock
  /** In milliseconds. */
  longest: number
  /** What is waited for, once it is there. Its failures end the wait. */
  look: () => Promise<T | undefined>
  /** What to throw when it did not come in time. */
  tooLate: () => PackageError
}

/** A machine that was asleep meanwhile has not looked often enough to give up, however late it is. */
const fewestLooks = 10

/** Looks until it is there, with a jittered pause between two looks, so that operators at work side by side do not align. */
export async function waitUntil<T>({ clock, longest, look, tooLate }: Wait<T>): Promise<T> {
  const deadline = clock.now() + longest
  for (let looks = 1; ; looks += 1) {
    const found = await look()
    if (found !== undefined) return found
    if (clock.now() >= deadline && looks >= fewestLooks) throw tooLate()
    await clock.sleep(clock.pollInterval * (0.75 + clock.random() / 2))
  }
}
