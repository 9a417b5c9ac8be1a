import type { Dimension, Statistic } from '@aws-sdk/client-cloudwatch'

/** In milliseconds; what comes within one is kept as one. */
export const minute = 60_000

/** What is measured, minute by minute. */
export interface Metric {
  unit: string
  /** By the start of their minutes, in milliseconds since 1970. */
  samples: Record<string, Sample>
  /** The start of the latest minute. */
  latest: number
}

export interface Sample {
  sum: number
  count: number
  min: number
  max: number
}

export interface MetricName {
  Namespace?: string | undefined
  MetricName?: string | undefined
  Dimensions?: Dimension[] | undefined
}

/** The dimensions are part of a metric's name, in any order (User Guide, "Metrics concepts"). */
export function metricKey({ Namespace, MetricName, Dimensions = [] }: MetricName): string {
  const dimensions = Dimensions.map(({ Name, Value }) => `${String(Name)}=${String(Value)}`)
  return [Namespace, MetricName, ...dimensions.sort((a, b) => (a < b ? -1 : 1))].join('\n')
}

export function metricNamed(metrics: Readonly<Record<string, Metric>>, name: MetricName): Metric | undefined {
  const key = metricKey(name)
  return Object.hasOwn(metrics, key) ? metrics[key] : undefined
}

/** All that was measured from one time up to another; undefined where nothing was. */
export function sampleOf(metric: Metric | undefined, from: number, to: number): Sample | undefined {
  let all: Sample | undefined
  for (let at = Math.floor(from / minute) * minute; at < to; at += minute) {
    const sample = metric?.samples[at]
    if (sample) all = all ? joined(all, sample) : sample
  }
  return all
}

export function joined(a: Sample, b: Sample): Sample {
  return {
    sum: a.sum + b.sum,
    count: a.count + b.count,
    min: Math.min(a.min, b.min),
    max: Math.max(a.max, b.max),
  }
}

export function statisticOf({ sum, count, min, max }: Sample, statistic: Statistic): number {
  const values = { Average: sum / count, Sum: sum, Minimum: min, Maximum: max, SampleCount: count }
  return values[statistic]
}
