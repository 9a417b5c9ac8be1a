/** Something that happened, for people and for programs. Results are not events: an action returns them. */
export interface Event {
  level: 'warning' | 'info'
  /** UPPER_SNAKE, stable. */
  code: string
  /** Plain words, safe to print. */
  text: string
  group?: string
  data?: unknown
}

/** Tells the operator at once; never throws. */
export type Report = (event: Event) => void
