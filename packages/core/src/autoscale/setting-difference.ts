import { isJsonObject, objectsIn, type Json, type JsonObject } from '../groups/json.ts'
import type { GroupSetting } from '../ports/cloud/scaling-groups.ts'

/** What is to be done to a setting of ours so that it is as declared. */
export type SettingDifference = 'none' | 'put' | 'replace'

/**
 * Compares a setting of ours with what AWS gives back for it. `replace`: it has a member, or is of a type, that a put leaves as it
 * is. Alarms that others have added to a policy, and where others have the hook announced, are theirs.
 */
export function settingDifference(wanted: GroupSetting, actual: GroupSetting): SettingDifference {
  const declared = comparable(wanted.definition)
  const found = comparable(withoutOthers(wanted, actual.definition))
  if (JSON.stringify(declared) === JSON.stringify(found)) return 'none'
  const isSurplus = Object.keys(found).some((member) => !(member in wanted.definition))
  return isSurplus || found['PolicyType'] !== declared['PolicyType'] ? 'replace' : 'put'
}

function withoutOthers({ kind, definition: wanted }: GroupSetting, actual: JsonObject): JsonObject {
  const members = Object.entries(actual).flatMap(([member, value]): [string, Json][] => {
    if (kind === 'hook' && !(member in wanted)) return []
    if (kind === 'schedule' && nextTime.has(member)) return []
    return [[member, member === 'Alarms' ? declaredAlarms(value, wanted['Alarms']) : value]]
  })
  return Object.fromEntries(members)
}

/** DescribeScheduledActions gives the next time of a recurring action in them; ours never have one. */
const nextTime = new Set(['StartTime', 'Time'])

function declaredAlarms(actual: Json, wanted: Json | undefined): Json {
  const names = new Set(objectsIn(wanted).map(({ AlarmName }) => AlarmName))
  return objectsIn(actual).filter(({ AlarmName }) => names.has(AlarmName))
}

/** What AWS takes for a member that is missing (API References of Auto Scaling and CloudWatch); it may give them back or not. */
const awsDefaults = new Map<string, Json>([
  ['ActionsEnabled', true],
  ['DisableScaleIn', false],
  ['Enabled', true],
  ['TimeZone', 'Etc/UTC'],
  ['TreatMissingData', 'missing'],
])

/** All lists of these definitions (alarms, dimensions, steps) are sets; what is empty is as good as missing. */
function comparable(definition: JsonObject): JsonObject {
  const members = Object.entries(definition)
    .map(([member, value]): [string, Json] => [member, comparableValue(value)])
    .filter(([member, value]) => !isEmpty(value) && value !== awsDefaults.get(member))
  return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)))
}

function isEmpty(value: Json): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0)
}

function comparableValue(value: Json): Json {
  if (isJsonObject(value)) return comparable(value)
  if (!Array.isArray(value)) return value
  const texts = value.map((item) => JSON.stringify(comparableValue(item)))
  return texts.sort()
}
