/**
 * EC2 answers reads from copies that lag: what was just made may be missing for a while (EC2 API Reference, "Ensuring
 * eventual consistency"). Here it is missing from a number of reads, so that a run can be repeated.
 */
export class Consistency {
  readonly #reads: number
  readonly #missing = new Map<string, number>()

  /** How many reads each new resource is missing from; none by default. */
  constructor(reads = 0) {
    this.#reads = reads
  }

  created(id: string): void {
    if (this.#reads > 0) this.#missing.set(id, this.#reads)
  }

  /** Whether a read sees it; asking counts as a read. */
  sees(id: string): boolean {
    const left = this.#missing.get(id)
    if (left === undefined) return true
    if (left <= 1) this.#missing.delete(id)
    else this.#missing.set(id, left - 1)
    return false
  }
}
