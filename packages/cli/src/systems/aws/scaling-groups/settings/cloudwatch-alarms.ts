import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  type MetricAlarm,
} from '@aws-sdk/client-cloudwatch'

import { batches } from '../../batches.ts'
import { clientSettings } from '../../client-settings.ts'
import type { Connection } from '../../connection.ts'
import { unlessGone } from '../../not-found.ts'
import { allPages } from '../../pages.ts'
import { watchedSender } from '../../sender.ts'
import type { Alarms } from './alarms.ts'

/** API References of DescribeAlarms and DeleteAlarms. */
const mostAtOnce = 100

export function cloudWatchAlarms(connection: Connection, region: string): Alarms {
  const client = new CloudWatchClient(clientSettings(connection, region))
  const send = watchedSender(client, 'monitoring', connection, region)
  return {
    async alarmsNamed(names) {
      const found: MetricAlarm[] = []
      for (const AlarmNames of batches(names, mostAtOnce)) {
        const some = await allPages(async (token) => {
          const page = await send(
            new DescribeAlarmsCommand({
              AlarmNames,
              AlarmTypes: ['MetricAlarm'],
              MaxRecords: mostAtOnce,
              ...(token !== undefined && { NextToken: token }),
            }),
          )
          return { items: page.MetricAlarms, next: page.NextToken }
        })
        found.push(...some)
      }
      return found
    },
    async putAlarm(alarm) {
      await send(new PutMetricAlarmCommand(alarm))
    },
    // AWS deletes none of them when one is gone (API Reference, DeleteAlarms).
    async deleteAlarms(names) {
      for (const name of names) await unlessGone(send(new DeleteAlarmsCommand({ AlarmNames: [name] })))
    },
  }
}
