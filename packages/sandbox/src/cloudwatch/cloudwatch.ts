import { byName, type Service } from '../operation.ts'
import { alarmOperations } from './alarms/operations.ts'
import { metricOperations } from './metrics/operations.ts'

/** The SDK for JavaScript speaks JSON to it, others still the query protocol. */
export const cloudwatch: Service = {
  name: 'monitoring',
  protocol: 'awsQuery',
  json: { target: 'GraniteServiceVersion20100801', version: '1.0' },
  xmlNamespace: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
  operations: byName([...alarmOperations, ...metricOperations]),
}
