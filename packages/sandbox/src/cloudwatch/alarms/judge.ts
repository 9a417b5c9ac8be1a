import type { ComparisonOperator, StateValue } from '@aws-sdk/client-cloudwatch'

import type { AlarmSettings } from './alarm.ts'

const comparisons: Partial<Record<ComparisonOperator, (value: number, threshold: number) => boolean>> = {
  GreaterThanThreshold: (value, threshold) => value > threshold,
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
}

/** Those that the sandbox's alarms know: the others are of anomaly detection. */
export function isKnownComparison(operator: string): boolean {
  return Object.hasOwn(comparisons, operator)
}

/** Whether a value is on the wrong side. */
export function isBreaching(value: number, settings: AlarmSettings): boolean {
  const { ComparisonOperator: operator = 'GreaterThanThreshold', Threshold: threshold = 0 } = settings
  return comparisons[operator]?.(value, threshold) ?? false
}

/**
 * The state that the values of the latest periods stand for, the oldest first; undefined where it stays as it is (User Guide,
 * "Configuring how CloudWatch alarms treat missing data").
 */
export function judge(
  values: readonly (number | undefined)[],
  settings: AlarmSettings,
): StateValue | undefined {
  const { DatapointsToAlarm: needed = values.length, TreatMissingData: treatment = 'missing' } = settings
  const isMissing = values.every((value) => value === undefined)
  if (isMissing && treatment === 'missing') return 'INSUFFICIENT_DATA'
  if (isMissing && treatment === 'ignore') return undefined
  const breaching = values.map((value) =>
    value === undefined ? treatment === 'breaching' : isBreaching(value, settings),
  )
  if (breaching.filter(Boolean).length >= needed) return 'ALARM'
  // "Premature alarm state": missing ones do not end what an old enough one has begun.
  const oldest = values.findIndex((value) => value !== undefined)
  const isCarried = values.every((value, index) => value === undefined || breaching[index] === true)
  if (treatment === 'missing' && isCarried && values.length - oldest >= needed) return 'ALARM'
  return 'OK'
}
