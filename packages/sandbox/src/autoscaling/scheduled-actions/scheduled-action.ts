/** Times are milliseconds since 1970. */
export interface ScheduledAction {
  name: string
  arn: string
  startsAt?: number
  endsAt?: number
  recurrence?: string
  timeZone?: string
  minSize?: number
  maxSize?: number
  desiredCapacity?: number
  /** When it runs next. */
  nextAt?: number
}
