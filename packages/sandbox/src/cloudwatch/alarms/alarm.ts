import type { PutMetricAlarmInput, StateValue } from '@aws-sdk/client-cloudwatch'

/** What it watches and does, as it was put. */
export type AlarmSettings = Omit<PutMetricAlarmInput, 'AlarmName' | 'Tags'>

/** Times are milliseconds since 1970. */
export interface Alarm {
  name: string
  arn: string
  settings: AlarmSettings
  configuredAt: number
  state: StateValue
  reason: string
  reasonData?: string
  stateUpdatedAt: number
  /** When it was in another state last. */
  changedAt: number
  /** When it looks at its metric next; not at all where that could change nothing. */
  nextAt?: number
}

export function alarmArn(name: string, { region, accountId }: { region: string; accountId: string }): string {
  return `arn:aws:cloudwatch:${region}:${accountId}:alarm:${name}`
}

/** In milliseconds. */
export function periodOf({ Period = 60 }: AlarmSettings): number {
  return Period * 1000
}
