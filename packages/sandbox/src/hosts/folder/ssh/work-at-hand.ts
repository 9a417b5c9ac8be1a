/** What clients are at, whichever way it ends. */
export class WorkAtHand {
  readonly #open = new Set<symbol>()
  #wake: () => void = () => undefined

  /** Gives what ends it. */
  begin(): () => void {
    const piece = Symbol('work')
    this.#open.add(piece)
    return () => {
      this.#open.delete(piece)
      if (this.#open.size === 0) this.#wake()
    }
  }

  /** Waits until nobody is at anything. */
  async done(): Promise<void> {
    while (this.#open.size > 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }
}
