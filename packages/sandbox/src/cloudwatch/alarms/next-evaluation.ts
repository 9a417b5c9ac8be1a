import type { Scope } from '../../operation.ts'
import { metricKey } from '../metrics/metric.ts'
import { periodOf, type Alarm } from './alarm.ts'

/** Makes the alarms of this metric look at it. */
export function heed(key: string, scope: Scope): void {
  for (const alarm of Object.values(scope.state.cloudwatch.alarms)) {
    if (metricKey(alarm.settings) === key) alarm.nextAt ??= nextEvaluation(alarm, scope)
  }
}

/** At the end of the period: an alarm looks at whole ones. */
export function nextEvaluation({ settings }: Alarm, { now }: Scope): number {
  const period = periodOf(settings)
  return (Math.floor(now / period) + 1) * period
}
