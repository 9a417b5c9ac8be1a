import type { AccountState } from './account-state.ts'

/** Where an account is kept between calls. */
export interface Store {
  /** The account as it is, shared by all who read it: not to be changed. */
  read(): AccountState
  /** Changes the account while nobody else does. When `work` throws, nothing is kept. */
  change<T>(work: (state: AccountState) => T | Promise<T>): Promise<T>
  /** Forgets everything in the account. */
  reset(): Promise<void>
}
