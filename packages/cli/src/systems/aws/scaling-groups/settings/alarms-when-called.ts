import type { Connection } from '../../connection.ts'
import { whenCalled } from '../../when-called.ts'
import type { PolicyAlarms } from './alarms.ts'

/** Few groups have policies with alarms of their own: the client of CloudWatch is loaded for these only. */
export function alarmsWhenCalled(connection: Connection, region: string): PolicyAlarms {
  return whenCalled(['alarmsNamed', 'putAlarm', 'deleteAlarms'], async () => {
    const { cloudWatchAlarms } = await import('./cloudwatch-alarms.ts')
    return cloudWatchAlarms(connection, region)
  })
}
