import type { MetricDatum, PutMetricDataInput } from '@aws-sdk/client-cloudwatch'

import { AwsError } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { heed } from '../alarms/next-evaluation.ts'
import { required } from '../metric-errors.ts'
import { joined, metricKey, minute, type Metric, type Sample } from './metric.ts'

/** CloudWatch keeps minutes for 15 days; the sandbox for a day, as all of it is read and written with the account. */
const keptFor = 24 * 60 * minute

/** API Reference, PutMetricData and MetricDatum: what is too old or too far ahead. */
const oldest = 14 * 24 * 60 * minute
const furthest = 2 * 60 * minute

export function putMetricData(input: PutMetricDataInput, scope: Scope): undefined {
  const namespace = required(input.Namespace, 'Namespace')
  for (const datum of required(input.MetricData, 'MetricData')) put(namespace, datum, scope)
}

function put(Namespace: string, datum: MetricDatum, scope: Scope): void {
  const { metrics } = scope.state.cloudwatch
  const { Dimensions } = datum
  const key = metricKey({ Namespace, MetricName: required(datum.MetricName, 'MetricName'), Dimensions })
  const at = timeOf(datum, scope)
  const metric: Metric = (metrics[key] ??= { unit: 'None', samples: {}, latest: 0 })
  const { [at]: before } = metric.samples
  const sample = sampleFrom(datum)
  metric.samples[at] = before ? joined(before, sample) : sample
  metric.unit = datum.Unit ?? metric.unit
  metric.latest = Math.max(metric.latest, at)
  for (const time of Object.keys(metric.samples)) {
    if (Number(time) < scope.now - keptFor) delete metric.samples[time]
  }
  heed(key, scope)
}

function timeOf({ Timestamp }: MetricDatum, { now }: Scope): number {
  const time = Timestamp?.getTime() ?? now
  if (time < now - oldest || time > now + furthest) {
    throw invalid(
      'The parameter MetricData.member.1.Timestamp must specify a time within the past two weeks.',
    )
  }
  return Math.floor(time / minute) * minute
}

function sampleFrom({
  Value,
  StatisticValues: set,
  Values: values,
  Counts: counts = [],
}: MetricDatum): Sample {
  if (set) {
    return {
      sum: required(set.Sum, 'Sum'),
      count: required(set.SampleCount, 'SampleCount'),
      min: required(set.Minimum, 'Minimum'),
      max: required(set.Maximum, 'Maximum'),
    }
  }
  const [first, ...others] = (values ?? [required(Value, 'Value')]).map((value, index) => {
    if (!Number.isFinite(value)) throw invalid(`The value ${String(value)} is not supported.`)
    const count = counts[index] ?? 1
    return { sum: value * count, count, min: value, max: value }
  })
  if (!first) throw invalid('The parameter Values must not be empty.')
  return others.reduce(joined, first)
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message)
}
