import type { StateValue } from '@aws-sdk/client-cloudwatch'

import { runPolicy } from '../../autoscaling/policies/run-policy.ts'
import type { Scope } from '../../operation.ts'
import type { Alarm } from './alarm.ts'

interface Entered {
  state: StateValue
  reason: string
  reasonData?: string | undefined
  /** Of the metric, if any. */
  value?: number | undefined
}

/** The alarm is in another state, and does what it does then. */
export function enterState(alarm: Alarm, { state, reason, reasonData, value }: Entered, scope: Scope): void {
  const isAnother = alarm.state !== state
  Object.assign(alarm, { state, reason, stateUpdatedAt: scope.now })
  if (reasonData === undefined) delete alarm.reasonData
  else alarm.reasonData = reasonData
  if (!isAnother) return
  alarm.changedAt = scope.now
  act(alarm, value, scope)
}

/** Has the scaling policies of its state run; other actions, such as messages, are kept and shown only. */
export function act({ name, state, settings }: Alarm, value: number | undefined, scope: Scope): void {
  if (settings.ActionsEnabled === false) return
  const { OKActions = [], AlarmActions = [], InsufficientDataActions = [], Threshold = 0 } = settings
  const actions = { OK: OKActions, ALARM: AlarmActions, INSUFFICIENT_DATA: InsufficientDataActions }
  for (const arn of actions[state]) {
    runPolicy(arn, { alarmName: name, state, value: value ?? Threshold, threshold: Threshold }, scope)
  }
}
