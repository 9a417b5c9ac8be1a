import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch'

import { AwsError } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { required, validationError } from '../metric-errors.ts'
import { isKnownComparison } from './judge.ts'
import { setAlarm } from './set-alarm.ts'

/** User Guide, "CloudWatch service quotas": alarms per region. */
const mostAlarms = 5000

export function putMetricAlarm(input: PutMetricAlarmInput, scope: Scope): undefined {
  const { AlarmName, Tags: _tags, ...settings } = input
  const name = required(AlarmName, 'AlarmName')
  checkPeriods(input)
  checkMetric(input)
  const { alarms } = scope.state.cloudwatch
  if (!Object.hasOwn(alarms, name) && Object.keys(alarms).length >= mostAlarms) {
    throw new AwsError('LimitExceeded', 'The maximum limit has been reached for alarms.')
  }
  setAlarm(name, settings, scope)
}

function checkPeriods({ EvaluationPeriods, DatapointsToAlarm, Period }: PutMetricAlarmInput): void {
  const count = required(EvaluationPeriods, 'EvaluationPeriods')
  if (count < 1) throw validationError('EvaluationPeriods must be at least 1.')
  if (DatapointsToAlarm !== undefined && (DatapointsToAlarm < 1 || DatapointsToAlarm > count)) {
    throw validationError('DatapointsToAlarm must be between 1 and EvaluationPeriods.')
  }
  const period = required(Period, 'Period')
  if (period < 60 || period % 60 !== 0) throw validationError('Period must be a multiple of 60.')
  if (period * count > 7 * 86_400) {
    throw validationError('Metrics cannot be checked across more than a week.')
  }
}

/** Throws AwsError for what the sandbox's alarms do not watch. */
function checkMetric(input: PutMetricAlarmInput): void {
  if (input.Metrics !== undefined || input.ExtendedStatistic !== undefined) {
    throw validationError('The sandbox knows alarms on one metric and its plain statistics only.')
  }
  required(input.MetricName, 'MetricName')
  required(input.Namespace, 'Namespace')
  required(input.Statistic, 'Statistic')
  required(input.Threshold, 'Threshold')
  const operator = required(input.ComparisonOperator, 'ComparisonOperator')
  if (!isKnownComparison(operator)) {
    throw validationError(`The sandbox does not know the comparison operator ${operator}.`)
  }
}
