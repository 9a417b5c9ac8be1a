import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  type DescribeAlarmsInput,
  type MetricAlarm,
} from '@aws-sdk/client-cloudwatch'
import type { Alarms } from '@package/core/ports/cloud/alarms'

import { batches } from '../../batches.ts'
import { clientSettings } from '../../client-settings.ts'
import type { Connection } from '../../connection.ts'
import { unlessGone } from '../../not-found.ts'
import { allPages } from '../../pages.ts'
import { watchedSender } from '../../sender.ts'
import type { PolicyAlarms } from './alarms.ts'

/** API References of DescribeAlarms and DeleteAlarms. */
const mostAtOnce = 100

export function cloudWatchAlarms(connection: Connection, region: string): Alarms & PolicyAlarms {
  const client = new CloudWatchClient(clientSettings(connection, region))
  const send = watchedSender(client, 'monitoring', connection, region)
  const describe = (wanted: DescribeAlarmsInput) =>
    allPages(async (token) => {
      const page = await send(
        new DescribeAlarmsCommand({
          ...wanted,
          AlarmTypes: ['MetricAlarm'],
          MaxRecords: mostAtOnce,
          ...(token !== undefined && { NextToken: token }),
        }),
      )
      return { items: page.MetricAlarms, next: page.NextToken }
    })
  return {
    async alarmsNamed(names) {
      const found: MetricAlarm[] = []
      for (const AlarmNames of batches(names, mostAtOnce)) found.push(...(await describe({ AlarmNames })))
      return found
    },
    async alarmsNamedLike(prefix) {
      const found = await describe({ AlarmNamePrefix: prefix })
      return found.map(
        ({ AlarmName = '', OKActions = [], AlarmActions = [], InsufficientDataActions = [] }) => ({
          name: AlarmName,
          actions: [...OKActions, ...AlarmActions, ...InsufficientDataActions],
        }),
      )
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
