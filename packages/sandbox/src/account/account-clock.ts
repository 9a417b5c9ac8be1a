/** The account's time, which can run ahead of the machine's and faster. */
export interface AccountClock {
  /** In milliseconds. */
  ahead: number
  speed: number
  /** The machine's time, in milliseconds since 1970, since which it runs at that speed. */
  since: number
}

/** In milliseconds since 1970. */
export function timeOf({ ahead, speed, since }: AccountClock): number {
  const now = Date.now()
  return Math.round(now + ahead + (now - since) * (speed - 1))
}

/** The same time, running at another speed from now on. */
export function withSpeed(clock: AccountClock, speed: number): AccountClock {
  const now = Date.now()
  return { ahead: timeOf(clock) - now, speed, since: now }
}
