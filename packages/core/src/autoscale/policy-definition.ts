import type { Metric, NamedMetric, ScalingPolicy, StepPolicy } from '../groups/node-group.ts'
import type { JsonObject } from '../groups/json.ts'

/** What a policy is about, beside what nodes.json says of it. */
export interface PolicySubject {
  /** Of the alarm of a step policy; one per account and region has it. */
  alarmName: string
  /** Seconds that a new instance takes until its numbers mean something. */
  warmUp: number
  traffic: TrafficArns | undefined
}

/** A load balancer and the target group whose requests are counted. */
export interface TrafficArns {
  loadBalancer: string
  targetGroup: string
}

/**
 * A policy in the members of PutScalingPolicy, a step policy's alarm in those of PutMetricAlarm. Without `traffic` (there is no
 * load balancer yet) `{LoadBalancer}` and `{TargetGroup}` stand for its names: good for showing, not for putting.
 */
export function policyDefinition(policy: ScalingPolicy, subject: PolicySubject): JsonObject {
  const kind = policy.type === 'step' ? stepScaling(policy, subject) : targetTracking(policy, subject)
  return { ...kind, EstimatedInstanceWarmup: subject.warmUp, Enabled: true }
}

function targetTracking(
  { metric, target, scale_in }: Extract<ScalingPolicy, { type: 'target_tracking' }>,
  { traffic }: PolicySubject,
): JsonObject {
  return {
    PolicyType: 'TargetTrackingScaling',
    TargetTrackingConfiguration: {
      ...trackedMetric(metric, traffic),
      TargetValue: target,
      DisableScaleIn: scale_in === false,
    },
  }
}

function trackedMetric(metric: Metric, traffic: TrafficArns | undefined): JsonObject {
  if (metric === 'cpu') {
    return { PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' } }
  }
  if (metric !== 'requests_per_target') return { CustomizedMetricSpecification: namedMetric(metric) }
  const { loadBalancer, targetGroup } = trafficNames(traffic)
  return {
    PredefinedMetricSpecification: {
      PredefinedMetricType: 'ALBRequestCountPerTarget',
      ResourceLabel: `${loadBalancer}/${targetGroup}`,
    },
  }
}

const comparisonOperators = {
  '>': 'GreaterThanThreshold',
  '>=': 'GreaterThanOrEqualToThreshold',
  '<': 'LessThanThreshold',
  '<=': 'LessThanOrEqualToThreshold',
}

function stepScaling(policy: StepPolicy, { alarmName, traffic }: PolicySubject): JsonObject {
  const measured = alarmMetric(policy.metric, traffic)
  const statistic = measured['Statistic'] ?? ''
  return {
    PolicyType: 'StepScaling',
    AdjustmentType: 'ChangeInCapacity',
    // API Reference, PutScalingPolicy: Minimum, Maximum and Average are all there is.
    MetricAggregationType: statistic === 'Minimum' || statistic === 'Maximum' ? statistic : 'Average',
    StepAdjustments: policy.steps.map((step) => stepAdjustment(step, policy.comparison)),
    Alarms: [
      {
        AlarmName: alarmName,
        ...measured,
        ComparisonOperator: comparisonOperators[policy.comparison],
        Threshold: policy.threshold,
        // User Guide, "Configure monitoring": without detailed monitoring EC2 reports every five minutes.
        Period: policy.period ?? 300,
        EvaluationPeriods: policy.periods ?? 1,
      },
    ],
  }
}

function stepAdjustment({ from, to, change }: StepPolicy['steps'][number], comparison: string): JsonObject {
  // API Reference, StepAdjustment: one of the bounds must be there; the breach begins at the threshold.
  const isUnbounded = from === undefined && to === undefined
  const lower = isUnbounded && comparison.startsWith('>') ? 0 : from
  const upper = isUnbounded && comparison.startsWith('<') ? 0 : to
  return {
    ...(lower !== undefined && { MetricIntervalLowerBound: lower }),
    ...(upper !== undefined && { MetricIntervalUpperBound: upper }),
    ScalingAdjustment: change,
  }
}

function alarmMetric(metric: Metric, traffic: TrafficArns | undefined): JsonObject {
  if (metric === 'cpu') {
    return namedMetric({
      namespace: 'AWS/EC2',
      name: 'CPUUtilization',
      dimensions: { AutoScalingGroupName: '{AutoScalingGroupName}' },
    })
  }
  if (metric !== 'requests_per_target') return namedMetric(metric)
  const { loadBalancer, targetGroup } = trafficNames(traffic)
  return namedMetric({
    namespace: 'AWS/ApplicationELB',
    name: 'RequestCountPerTarget',
    dimensions: { LoadBalancer: loadBalancer, TargetGroup: targetGroup },
    statistic: 'sum',
  })
}

const statistics = {
  average: 'Average',
  minimum: 'Minimum',
  maximum: 'Maximum',
  sum: 'Sum',
  sample_count: 'SampleCount',
}

function namedMetric({ namespace, name, dimensions = {}, statistic = 'average' }: NamedMetric): JsonObject {
  return {
    Namespace: namespace,
    MetricName: name,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    Statistic: statistics[statistic],
  }
}

/** `app/<name>/<id>` and `targetgroup/<name>/<id>` (API Reference, PredefinedMetricSpecification). */
function trafficNames(traffic: TrafficArns | undefined): TrafficArns {
  if (traffic === undefined) return { loadBalancer: '{LoadBalancer}', targetGroup: '{TargetGroup}' }
  const resource = (arn: string) => arn.slice(arn.lastIndexOf(':') + 1)
  return {
    loadBalancer: resource(traffic.loadBalancer).replace(/^loadbalancer\//, ''),
    targetGroup: resource(traffic.targetGroup),
  }
}
