import type { MetricAlarm, PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch'

import type { Connection } from '../../connection.ts'
import { whenCalled } from '../../when-called.ts'

/** The alarms of CloudWatch that policies act upon. */
export interface Alarms {
  alarmsNamed(names: readonly string[]): Promise<MetricAlarm[]>
  putAlarm(alarm: PutMetricAlarmInput): Promise<void>
  /** Done also for those that do not exist any more. */
  deleteAlarms(names: readonly string[]): Promise<void>
}

/** Few groups have policies with alarms of their own: the client of CloudWatch is loaded for these only. */
export function alarms(connection: Connection, region: string): Alarms {
  return whenCalled(['alarmsNamed', 'putAlarm', 'deleteAlarms'], async () => {
    const { cloudWatchAlarms } = await import('./cloudwatch-alarms.ts')
    return cloudWatchAlarms(connection, region)
  })
}
