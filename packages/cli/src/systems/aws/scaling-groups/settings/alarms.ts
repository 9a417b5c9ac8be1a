import type { MetricAlarm, PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch'
import type { Alarms } from '@package/core/ports/cloud/alarms'

/** The alarms of CloudWatch that policies act upon. */
export interface PolicyAlarms extends Pick<Alarms, 'deleteAlarms'> {
  alarmsNamed(names: readonly string[]): Promise<MetricAlarm[]>
  putAlarm(alarm: PutMetricAlarmInput): Promise<void>
}
