import type { Scope } from '../../operation.ts'
import { alarmArn, type Alarm, type AlarmSettings } from './alarm.ts'
import { nextEvaluation } from './next-evaluation.ts'

/** Makes an alarm, or puts these settings in the place of all that it has; its state stays (API Reference, PutMetricAlarm). */
export function setAlarm(name: string, settings: AlarmSettings, scope: Scope): Alarm {
  const { alarms } = scope.state.cloudwatch
  const before = Object.hasOwn(alarms, name) ? alarms[name] : undefined
  const alarm: Alarm = {
    name,
    arn: alarmArn(name, scope),
    state: 'INSUFFICIENT_DATA',
    reason: 'Unchecked: Initial alarm creation',
    stateUpdatedAt: scope.now,
    changedAt: scope.now,
    ...before,
    settings,
    configuredAt: scope.now,
  }
  alarm.nextAt = nextEvaluation(alarm, scope)
  alarms[name] = alarm
  return alarm
}
