import type { Clock } from '@package/core/ports/clock'

/**
 * AWS's own time, as the `Date` of its last answer told it: what is signed must be of that time, and this machine's clock may be
 * off, or that of a sandbox that is served run ahead.
 */
export class AwsTime {
  readonly #clock: Clock
  #ahead = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** In milliseconds since 1970. */
  now(): number {
    return this.#clock.now() + this.#ahead
  }

  /** Takes the `Date` of an answer; without one nothing is learnt. */
  hear(date: string | undefined): void {
    const told = Date.parse(date ?? '')
    if (!Number.isNaN(told)) this.#ahead = told - this.#clock.now()
  }
}
