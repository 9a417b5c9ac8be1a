import type { Alarm as NamedAlarm, TargetTrackingConfiguration } from '@aws-sdk/client-auto-scaling'

import { alarmArn, type AlarmSettings } from '../../cloudwatch/alarms/alarm.ts'
import { setAlarm } from '../../cloudwatch/alarms/set-alarm.ts'
import type { Scope } from '../../operation.ts'
import { fixedUuid } from '../fixed-uuid.ts'
import type { Group } from '../groups/group.ts'
import type { ScalingPolicy } from './scaling-policy.ts'
import { lowShare } from './tracked-capacity.ts'

/** API Reference, PredefinedMetricSpecification: the metrics of the group itself. */
const groupMetrics: Readonly<Record<string, string>> = {
  ASGAverageCPUUtilization: 'CPUUtilization',
  ASGAverageNetworkIn: 'NetworkIn',
  ASGAverageNetworkOut: 'NetworkOut',
}

/**
 * Makes the two alarms of a target tracking policy, or one without scale-in, and removes those that it has no more (User Guide,
 * "Target tracking scaling policies": they are Auto Scaling's to make and delete).
 */
export function putTrackingAlarms(group: Group, policy: ScalingPolicy, scope: Scope): NamedAlarm[] {
  const made = settingsOfAlarms(group, policy).map(([kind, settings]) => {
    const AlarmName = `TargetTracking-${group.name}-${kind}-${fixedUuid(`${policy.arn} ${kind}`)}`
    const AlarmDescription = `DO NOT EDIT OR DELETE. For TargetTrackingScaling policy ${policy.arn}.`
    setAlarm(AlarmName, { ...settings, Period: 60, AlarmDescription, AlarmActions: [policy.arn] }, scope)
    return { AlarmName, AlarmARN: alarmArn(AlarmName, scope) }
  })
  const left = policy.alarms.filter(({ AlarmName }) => !made.some((each) => each.AlarmName === AlarmName))
  removeTrackingAlarms({ alarms: left }, scope)
  return made
}

function settingsOfAlarms(group: Group, policy: ScalingPolicy): [kind: string, settings: AlarmSettings][] {
  const { TargetTrackingConfiguration: tracking } = policy.settings
  const metric = tracking && metricOf(group, tracking)
  if (!tracking || !metric) return []
  const high: AlarmSettings = {
    ...metric,
    ComparisonOperator: 'GreaterThanThreshold',
    EvaluationPeriods: 3,
    Threshold: tracking.TargetValue,
  }
  const low: AlarmSettings = {
    ...metric,
    ComparisonOperator: 'LessThanThreshold',
    EvaluationPeriods: 15,
    Threshold: (tracking.TargetValue ?? 0) * lowShare,
  }
  return tracking.DisableScaleIn === true
    ? [['AlarmHigh', high]]
    : [
        ['AlarmHigh', high],
        ['AlarmLow', low],
      ]
}

export function removeTrackingAlarms({ alarms }: Pick<ScalingPolicy, 'alarms'>, { state }: Scope): void {
  for (const { AlarmName = '' } of alarms) delete state.cloudwatch.alarms[AlarmName]
}

/** Undefined for what the sandbox has no alarms of: expressions of several metrics. */
function metricOf(
  { name }: Group,
  {
    PredefinedMetricSpecification: predefined,
    CustomizedMetricSpecification: custom,
  }: TargetTrackingConfiguration,
): AlarmSettings | undefined {
  if (custom?.MetricName !== undefined) {
    const { Namespace, MetricName, Dimensions = [], Statistic = 'Average' } = custom
    return { Namespace, MetricName, Dimensions, Statistic }
  }
  const MetricName = groupMetrics[predefined?.PredefinedMetricType ?? '']
  if (MetricName !== undefined) {
    const Dimensions = [{ Name: 'AutoScalingGroupName', Value: name }]
    return { Namespace: 'AWS/EC2', MetricName, Dimensions, Statistic: 'Average' }
  }
  // Such as app/bee/50dc6c495c0c9188/targetgroup/bee/943f017f100becff.
  const [, LoadBalancer, TargetGroup] =
    /^(.+)\/(targetgroup\/.+)$/.exec(predefined?.ResourceLabel ?? '') ?? []
  if (LoadBalancer === undefined || TargetGroup === undefined) return undefined
  const Dimensions = Object.entries({ TargetGroup, LoadBalancer }).map(([Name, Value]) => ({ Name, Value }))
  return {
    Namespace: 'AWS/ApplicationELB',
    MetricName: 'RequestCountPerTarget',
    Dimensions,
    Statistic: 'Sum',
  }
}
