/** Kept and shown as it was put; the sandbox does not act on it. Times are milliseconds since 1970. */
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
}
