import type { MetricAlarm, PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch'

/** The alarms of CloudWatch that policies act upon. */
export interface Alarms {
  alarmsNamed(names: readonly string[]): Promise<MetricAlarm[]>
  putAlarm(alarm: PutMetricAlarmInput): Promise<void>
  /** Done also for those that do not exist any more. */
  deleteAlarms(names: readonly string[]): Promise<void>
}
