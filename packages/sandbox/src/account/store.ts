import type { AccountClock } from './account-clock.ts'
import type { AccountState } from './account-state.ts'

/** Where an account is kept between calls. */
export interface Store {
  /** The account as it is, shared by all who read it: not to be changed. */
  read(): AccountState
  /** Changes the account while nobody else does. When `work` throws, nothing is kept. */
  change<T>(work: (state: AccountState) => T | Promise<T>): Promise<T>
  /**
   * Sets the clock alone to what `next` makes of the account, which is not to be changed; where that is undefined, nothing. Missing where
   * it would take no less than `change`. Gives whether it is set.
   */
  setClock?(next: (state: AccountState) => AccountClock | undefined): Promise<boolean>
  /** Forgets everything in the account. */
  reset(): Promise<void>
}
