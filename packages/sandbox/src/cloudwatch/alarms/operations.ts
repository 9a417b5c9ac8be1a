import {
  DeleteAlarms$,
  DescribeAlarms$,
  PutMetricAlarm$,
  SetAlarmState$,
  type DeleteAlarmsInput,
  type SetAlarmStateInput,
} from '@aws-sdk/client-cloudwatch'

import { AwsError } from '../../aws-error.ts'
import { operation, type Scope } from '../../operation.ts'
import { required, validationError } from '../metric-errors.ts'
import type { Alarm } from './alarm.ts'
import { describeAlarms } from './describe-alarms.ts'
import { enterState } from './enter-state.ts'
import { nextEvaluation } from './next-evaluation.ts'
import { putMetricAlarm } from './put-metric-alarm.ts'

export const alarmOperations = [
  operation(PutMetricAlarm$, putMetricAlarm),
  operation(DescribeAlarms$, describeAlarms),
  operation(DeleteAlarms$, deleteAlarms),
  operation(SetAlarmState$, setAlarmState),
]

/** All of them, or none where one does not exist (API Reference, DeleteAlarms). */
function deleteAlarms(input: DeleteAlarmsInput, scope: Scope): undefined {
  for (const name of required(input.AlarmNames, 'AlarmNames')) {
    delete scope.state.cloudwatch.alarms[alarmNamed(scope, name).name]
  }
}

/** It does what it does in that state, until its metric says otherwise (API Reference, SetAlarmState). */
function setAlarmState(input: SetAlarmStateInput, scope: Scope): undefined {
  const alarm = alarmNamed(scope, required(input.AlarmName, 'AlarmName'))
  const state = required(input.StateValue, 'StateValue')
  if (state !== 'OK' && state !== 'ALARM' && state !== 'INSUFFICIENT_DATA') {
    throw validationError(
      `1 validation error detected: Value '${String(state)}' at 'stateValue' failed to satisfy constraint: Member must satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]`,
    )
  }
  const reason = required(input.StateReason, 'StateReason')
  enterState(alarm, { state, reason, reasonData: input.StateReasonData }, scope)
  alarm.nextAt = nextEvaluation(alarm, scope)
}

function alarmNamed({ state }: Scope, name: string): Alarm {
  const { alarms } = state.cloudwatch
  const alarm = Object.hasOwn(alarms, name) ? alarms[name] : undefined
  if (alarm) return alarm
  throw new AwsError('ResourceNotFound', `Unknown alarm: ${name}`, 404)
}
