import type { Alarm } from './alarms/alarm.ts'
import type { Metric } from './metrics/metric.ts'

/** CloudWatch's resources of one region. */
export interface CloudWatchState {
  /** By `metricKey`. */
  metrics: Record<string, Metric>
  /** By their names. */
  alarms: Record<string, Alarm>
}

export function newCloudWatchState(): CloudWatchState {
  return { metrics: {}, alarms: {} }
}
