import type { Scope } from '../../operation.ts'
import { metricNamed, sampleOf, statisticOf } from '../metrics/metric.ts'
import { periodOf, type Alarm, type AlarmSettings } from './alarm.ts'
import { act, enterState } from './enter-state.ts'
import { isBreaching, judge } from './judge.ts'

/**
 * Looks at the whole periods up to now. While there is data, an alarm looks again after each period, and tells a scaling policy
 * each time (User Guide, "Alarm actions": for Auto Scaling "the alarm continues to invoke the action"); without any it waits for
 * some, so that a year without data is over at once.
 */
export function evaluate(alarm: Alarm, scope: Scope): void {
  const { settings } = alarm
  const period = periodOf(settings)
  const end = Math.floor(scope.now / period) * period
  const metric = metricNamed(scope.state.cloudwatch.metrics, settings)
  const count = settings.EvaluationPeriods ?? 1
  const values = Array.from({ length: count }, (_, index) => {
    const from = end - (count - index) * period
    const sample = sampleOf(metric, from, from + period)
    return sample && statisticOf(sample, settings.Statistic ?? 'Average')
  })
  const isFed = values.some((value) => value !== undefined) || (metric?.latest ?? 0) >= end
  if (isFed) alarm.nextAt = end + period
  else delete alarm.nextAt
  const state = judge(values, settings) ?? alarm.state
  const value = values.findLast((each) => each !== undefined)
  if (state !== alarm.state) enterState(alarm, { state, reason: reasonOf(values, settings), value }, scope)
  else if (isFed) act(alarm, value, scope)
}

function reasonOf(values: readonly (number | undefined)[], settings: AlarmSettings): string {
  const known = values.filter((value) => value !== undefined)
  const plural = (count: number) => `${String(count)} datapoint${count === 1 ? '' : 's'}`
  if (known.length === 0) {
    const was = values.length === 1 ? 'was' : 'were'
    return `Insufficient Data: ${plural(values.length)} ${was} unknown.`
  }
  const crossing = known.filter((value) => isBreaching(value, settings)).length
  const { Threshold = 0, ComparisonOperator = '' } = settings
  const side = ComparisonOperator.replace(/Threshold$/, '')
    .replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .trim()
  const said = known.toReversed().map(text).join(', ')
  return `Threshold Crossed: ${String(crossing)} out of the last ${plural(values.length)} [${said}] ${crossing === 1 ? 'was' : 'were'} ${side} the threshold (${text(Threshold)}).`
}

function text(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value)
}
