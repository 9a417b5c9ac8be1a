import { isJsonObject, objectsIn, type Json, type JsonObject } from '../groups/json.ts'
import type { GroupSetting } from '../ports/cloud/scaling-groups.ts'

/** What a setting of ours does, in one line for people. */
export function settingText({ kind, definition }: GroupSetting): string {
  if (kind === 'hook') return `a node has ${text(definition['HeartbeatTimeout'])} s for its first Chef run`
  if (kind === 'schedule') return scheduleText(definition)
  const tracking = definition['TargetTrackingConfiguration']
  return isJsonObject(tracking) ? trackingText(tracking) : stepText(definition)
}

function scheduleText(definition: JsonObject): string {
  const sizes = Object.entries({ min: 'MinSize', max: 'MaxSize', desired: 'DesiredCapacity' }).flatMap(
    ([size, member]) => (member in definition ? [`${size} ${text(definition[member])}`] : []),
  )
  return `${sizes.join(', ')} at ${text(definition['Recurrence'])} (${text(definition['TimeZone'])})`
}

function trackingText(tracking: JsonObject): string {
  const { PredefinedMetricSpecification: predefined, CustomizedMetricSpecification: customized } = tracking
  const metric = isJsonObject(predefined) ? predefined['PredefinedMetricType'] : metricName(customized)
  const onlyOut = tracking['DisableScaleIn'] === true ? ', only adding instances' : ''
  return `keep ${text(metric)} at ${text(tracking['TargetValue'])}${onlyOut}`
}

function stepText({ Alarms: alarms, StepAdjustments: steps }: JsonObject): string {
  const [alarm] = objectsIn(alarms)
  const changes = objectsIn(steps).map(
    ({ ScalingAdjustment: change }) => `${Number(change) > 0 ? '+' : ''}${text(change)}`,
  )
  const condition = `${text(metricName(alarm))} ${text(alarm?.['ComparisonOperator'])} ${text(alarm?.['Threshold'])}`
  return `${condition}: ${changes.join(', ')}`
}

function metricName(metric: Json | undefined): Json | undefined {
  return isJsonObject(metric) ? metric['MetricName'] : undefined
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null)
}
