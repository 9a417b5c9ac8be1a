/** Time as the systems see it that an action works with. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  sleep(milliseconds: number): Promise<void>
  /** Between 0 and 1, for jitter and for choices. */
  random(): number
  /** How often waits look, in milliseconds. */
  readonly pollInterval: number
}
