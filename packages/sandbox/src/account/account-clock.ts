import { isAlive } from './is-alive.ts'

/** The account's time, which can run ahead of the machine's and faster. */
export interface AccountClock {
  /** In milliseconds. */
  ahead: number
  speed: number
  /** The machine's time, in milliseconds since 1970, since which it runs at that speed. */
  since: number
  /** The processes that let it run faster; it does so for as long as one of them lives. */
  hurriedBy?: number[]
}

/** In milliseconds since 1970. */
export function timeOf({ ahead, speed, since }: AccountClock): number {
  const now = Date.now()
  return Math.round(now + ahead + (now - since) * (speed - 1))
}

/** The clock at that time, in milliseconds since 1970, unless it is later already. */
export function forwarded(clock: AccountClock, time: number): AccountClock {
  return { ...clock, ahead: clock.ahead + Math.max(0, time - timeOf(clock)) }
}

/** The same time, running at a speed from now on that a process asks for: 1 is only had once no other that lives has asked for more. */
export function withSpeed(clock: AccountClock, speed: number, processId: number): AccountClock {
  const others = (clock.hurriedBy ?? []).filter((id) => id !== processId && isAlive(id))
  const now = Date.now()
  const ahead = timeOf(clock) - now
  if (speed !== 1) return { ahead, speed, since: now, hurriedBy: [...others, processId] }
  return others.length === 0 ? { ahead, speed: 1, since: now } : { ...clock, hurriedBy: others }
}

/** The same time, at the usual speed where nobody lives any more who has asked for another. */
export function calmed(clock: AccountClock): AccountClock {
  if (clock.speed === 1 || (clock.hurriedBy ?? []).some(isAlive)) return clock
  const now = Date.now()
  return { ahead: timeOf(clock) - now, speed: 1, since: now }
}
