import type { InstanceHealth } from './instance-health.ts'
import { waitingText } from './waiting-text.ts'

export function isLeaving({ lifecycle }: Pick<InstanceHealth, 'lifecycle'>): boolean {
  return lifecycle.startsWith('Terminating')
}

/** The instances that a group has given up, each with what was last known of it before: of one that ends, AWS says no more. */
export class ReplacedInstances {
  readonly #last = new Map<string, InstanceHealth>()
  #present: ReadonlySet<string> = new Set()

  /** What one look has seen. */
  note(instances: readonly InstanceHealth[]): void {
    const staying = instances.filter((each) => !isLeaving(each))
    for (const each of staying) this.#last.set(each.id, each)
    this.#present = new Set(staying.map(({ id }) => id))
  }

  /** What they waited for, as the rest of a line; empty without any. */
  text(): string {
    const gone = [...this.#last.values()].filter(({ id }) => !this.#present.has(id))
    const reasons = waitingText(gone)
    return reasons === '' ? '' : `; replaced meanwhile${reasons}`
  }
}
