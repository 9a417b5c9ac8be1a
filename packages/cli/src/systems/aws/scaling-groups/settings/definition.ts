import { isJsonObject, type Json, type JsonObject } from '@package/core/groups/json'

/** Stands for the name of the group in a definition, so that it can be put on another one. */
const ownName = '{AutoScalingGroupName}'

/** What AWS gives back, as a definition: what is not there or empty left out, members in the order of the alphabet, times as ISO 8601. */
export function toDefinition(given: object, groupName: string): JsonObject {
  const json = JSON.parse(JSON.stringify(given)) as JsonObject
  return dimensionsRenamed(tidied(json) as JsonObject, groupName, ownName)
}

/** A definition as AWS takes it for that group. */
export function fromDefinition(definition: JsonObject, groupName: string): JsonObject {
  return dimensionsRenamed(definition, ownName, groupName)
}

function tidied(value: Json): Json {
  if (Array.isArray(value)) return value.map(tidied)
  if (!isJsonObject(value)) return value
  const members = Object.entries(value).filter(([, each]) => !isEmpty(each))
  members.sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(members.map(([name, each]) => [name, tidied(each)]))
}

function isEmpty(value: Json): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}

/** With another group wherever metrics are those of the one group. */
function dimensionsRenamed<T extends Json>(value: T, from: string, to: string): T
function dimensionsRenamed(value: Json, from: string, to: string): Json {
  if (Array.isArray(value)) return value.map((each) => dimensionsRenamed(each, from, to))
  if (!isJsonObject(value)) return value
  if (value['Name'] === 'AutoScalingGroupName' && value['Value'] === from) return { ...value, Value: to }
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, dimensionsRenamed(each, from, to)]),
  )
}
