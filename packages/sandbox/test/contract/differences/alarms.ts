import { alarmPage } from '../aws-pages.ts'
import type { Difference } from '../difference.ts'

export const alarmDifferences: Difference[] = [
  {
    at: ['alarms: delete one that is not there'],
    sandbox: 'ResourceNotFound',
    moto: 'ok',
    right: 'sandbox',
    aws: 'ResourceNotFound: The named resource does not exist. If you specify an incorrect alarm name or make any other error in the operation, no alarms are deleted.',
    page: alarmPage('DeleteAlarms'),
  },
  {
    at: ['DescribeAlarms: MetricAlarm.StateReasonData'],
    sandbox: 'absent',
    moto: 'there',
    right: 'sandbox',
    aws: 'StateReasonData: An explanation for the alarm state, in JSON format. Required: No. (None was given; moto shows an empty one.)',
    page: alarmPage('MetricAlarm'),
  },
]
