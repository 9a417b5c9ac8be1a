import type { Clock } from '@package/core/ports/clock'

import type { Connection } from './connection.ts'
import { isNotFound } from './not-found.ts'

/** In milliseconds: what the AWS provider of Terraform waits for a new resource to be known everywhere. */
const longest = 300_000

/**
 * What this run has made, which AWS may not know everywhere for a while (EC2 API Reference, "Ensuring eventual
 * consistency"): "not found" is then no answer yet. Ids that the operator gives fail at once.
 */
export class Consistent {
  readonly #made: Set<string>
  readonly #clock: Clock

  constructor({ made, clock }: Pick<Connection, 'made' | 'clock'>) {
    this.#made = made
    this.#clock = clock
  }

  made(id: string): void {
    this.#made.add(id)
  }

  /** Repeats a call while AWS does not find one of these ids that this run has made, for five minutes at most. */
  async untilFound<T>(ids: readonly string[], call: () => Promise<T>): Promise<T> {
    const deadline = this.#clock.now() + longest
    for (let pause = 2000; ; pause = Math.min(2 * pause, 30_000)) {
      try {
        return await call()
      } catch (error) {
        const isNew = isNotFound(error) && ids.some((id) => this.#made.has(id))
        if (!isNew || this.#clock.now() > deadline) throw error
        await this.#clock.sleep(pause * (0.5 + this.#clock.random() / 2))
      }
    }
  }
}
