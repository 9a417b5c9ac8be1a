/** Lets of those who wait for their turn always one go on, which one being a matter of chance: the same seed gives the same order. */
export class Turns {
  readonly #random: () => number
  readonly #waiting: (() => void)[] = []
  #isPicking = false

  constructor(random: () => number) {
    this.#random = random
  }

  /** Gives way to others, until it is one's turn. */
  async take(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve)
      this.#pickSoon()
    })
  }

  /** Once everybody who is about to wait does so. */
  #pickSoon(): void {
    if (this.#isPicking) return
    this.#isPicking = true
    setImmediate(() => {
      this.#isPicking = false
      const [chosen] = this.#waiting.splice(Math.floor(this.#random() * this.#waiting.length), 1)
      chosen?.()
      if (this.#waiting.length > 0) this.#pickSoon()
    })
  }
}

/** Numerical Recipes' linear congruential generator: from 0 to 1, the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
