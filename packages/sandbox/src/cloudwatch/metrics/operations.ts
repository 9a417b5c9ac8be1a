import { GetMetricStatistics$, PutMetricData$ } from '@aws-sdk/client-cloudwatch'

import { operation } from '../../operation.ts'
import { getMetricStatistics } from './get-metric-statistics.ts'
import { putMetricData } from './put-metric-data.ts'

export const metricOperations = [
  operation(PutMetricData$, putMetricData),
  operation(GetMetricStatistics$, getMetricStatistics),
]
