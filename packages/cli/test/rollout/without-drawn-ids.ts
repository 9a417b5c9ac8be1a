import type { AccountState } from '@package/sandbox/account/account-state'

/** Ids that the account draws, and the names of runs and their processes: no two runs have the same. */
const drawn = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{17}\b|\brun-\d+|(?<=@here\/)\d+/g

/** A text that two accounts share which differ in nothing but drawn ids: each is numbered as it first appears. */
export function withoutDrawnIds(account: AccountState): string {
  const numbers = new Map<string, string>()
  return JSON.stringify(account).replace(drawn, (id) => {
    const number = numbers.get(id) ?? `#${String(numbers.size)}`
    numbers.set(id, number)
    return number
  })
}
