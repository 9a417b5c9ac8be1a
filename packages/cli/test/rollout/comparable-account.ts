import { timeOf } from '@package/sandbox/account/account-clock'
import type { AccountState } from '@package/sandbox/account/account-state'

/**
 * Ids that the account draws, and the marks of runs: which process it was and when it was last at work decides nothing once it is dead,
 * for the next one on its machine.
 */
const drawn =
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{16,17}\b|\brun-\d+|(?<=@(?:here|there)\/)\d+\/\d+/g

const isoTime = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g

/** Milliseconds since 1970 are greater than any other number of an account. */
const firstTime = Date.UTC(2020, 0)

/** What the next run does not see of an account: client tokens, as no two runs share one, and how far it has looked for what falls due, as nothing does. */
const unseen: ReadonlySet<string> = new Set(['clock', 'tokens', 'caughtUpTo'])

/**
 * A text that two accounts share which differ in ids and in the time that it is, and in nothing else: each id is numbered as it first
 * appears, and times are told by how long ago they were.
 */
export function comparable(account: AccountState): string {
  const numbers = new Map<string, string>()
  const now = timeOf(account.clock)
  const text = JSON.stringify(account, (key, value: unknown) => {
    if (unseen.has(key)) return undefined
    if (typeof value === 'string') return value.replace(isoTime, (time) => String(now - Date.parse(time)))
    return typeof value === 'number' && value > firstTime ? now - value : value
  })
  return text.replace(drawn, (id) => {
    const number = numbers.get(id) ?? `#${String(numbers.size)}`
    numbers.set(id, number)
    return number
  })
}

/** The first of each that has an account of its own. */
export function differing<T extends { state: AccountState }>(points: readonly T[]): T[] {
  const kept = new Map(points.map((point) => [point.state, point]))
  const firsts = new Map([...kept.values()].toReversed().map((point) => [comparable(point.state), point]))
  return [...firsts.values()].toReversed()
}
