import type { AccountState } from '@package/sandbox/account/account-state'

/**
 * Ids that the account draws, and the marks of runs: which process it was and when it was last at work decides nothing once it is dead,
 * for the next one on its machine.
 */
const drawn = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{17}\b|\brun-\d+|(?<=@here\/)\d+\/\d+/g

/** A text that two accounts share which differ in nothing but these: each is numbered as it first appears. */
export function withoutDrawnIds(account: AccountState): string {
  const numbers = new Map<string, string>()
  return JSON.stringify(account).replace(drawn, (id) => {
    const number = numbers.get(id) ?? `#${String(numbers.size)}`
    numbers.set(id, number)
    return number
  })
}
