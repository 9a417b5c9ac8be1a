import type {
  Datapoint,
  GetMetricStatisticsInput,
  GetMetricStatisticsOutput,
  StandardUnit,
} from '@aws-sdk/client-cloudwatch'

import { AwsError } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { required } from '../metric-errors.ts'
import { metricNamed, minute, sampleOf, statisticOf } from './metric.ts'

/** API Reference, GetMetricStatistics: data points of one answer. */
const mostDatapoints = 1440

/** A metric that is not there has no data points. */
export function getMetricStatistics(
  input: GetMetricStatisticsInput,
  scope: Scope,
): GetMetricStatisticsOutput {
  const name = required(input.MetricName, 'MetricName')
  const period = required(input.Period, 'Period') * 1000
  const start = required(input.StartTime, 'StartTime').getTime()
  const end = required(input.EndTime, 'EndTime').getTime()
  if (period <= 0 || period % minute !== 0) {
    throw new AwsError('InvalidParameterValue', 'The parameter Period must be a multiple of 60.')
  }
  if (start >= end) {
    throw new AwsError(
      'InvalidParameterValue',
      'The parameter StartTime must be less than the parameter EndTime.',
    )
  }
  if ((end - start) / period > mostDatapoints) {
    throw new AwsError(
      'InvalidParameterCombination',
      `You have requested up to ${String(Math.ceil((end - start) / period))} datapoints, which exceeds the limit of ${String(mostDatapoints)}.`,
    )
  }
  const metric = metricNamed(scope.state.cloudwatch.metrics, input)
  const Datapoints: Datapoint[] = []
  for (let at = Math.floor(start / minute) * minute; at < end; at += period) {
    const sample = sampleOf(metric, at, Math.min(end, at + period))
    if (!sample || !metric) continue
    const statistics = (input.Statistics ?? []).map((each) => [each, statisticOf(sample, each)])
    Datapoints.push({
      Timestamp: new Date(at),
      ...(Object.fromEntries(statistics) as Partial<Datapoint>),
      Unit: metric.unit as StandardUnit,
    })
  }
  return { Label: name, Datapoints }
}
