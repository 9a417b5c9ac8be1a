import { addMissingParts, type AccountState } from './account-state.ts'
import { emptyAccount } from './account-store.ts'
import { copyOf } from './copy-of.ts'
import type { Store } from './store.ts'

export interface MemoryStore extends Store {
  /** The whole account as plain JSON, to be given to another `memoryStore` any number of times. */
  snapshot(): AccountState
}

/**
 * An account in memory, for one that lives thousands of short lives: no files, no locks. It goes on from a snapshot that is
 * given; a new one's clock stands still but for `advance`, so that a life comes out the same on a busy machine.
 */
export function memoryStore(from?: AccountState): MemoryStore {
  let kept = from === undefined ? emptyStill() : copyOf(from)
  for (const region of Object.values(kept.regions)) addMissingParts(region)
  let turn: Promise<unknown> = Promise.resolve()

  const inTurn = <T>(work: () => T | Promise<T>): Promise<T> => {
    const result = turn.then(work)
    turn = result.catch(() => undefined)
    return result
  }
  return {
    read: () => kept,
    change: (work) =>
      inTurn(async () => {
        const state = copyOf(kept)
        const result = await work(state)
        kept = state
        return result
      }),
    setClock: (next) =>
      inTurn(() => {
        const clock = next(kept)
        if (clock) kept = { ...kept, clock }
        return clock !== undefined
      }),
    reset: () =>
      inTurn(() => {
        kept = emptyStill()
      }),
    snapshot: () => copyOf(kept),
  }
}

function emptyStill(): AccountState {
  const account = emptyAccount()
  return { ...account, clock: { ...account.clock, speed: 0 } }
}
