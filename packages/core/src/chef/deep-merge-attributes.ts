import { isJsonObject, type Json, type JsonObject } from '../groups/json.ts'

/**
 * Lays `over` onto `under` as Chef does with the attributes of nested roles (Chef::Mixin::DeepMerge): objects at every
 * depth, two lists as their union, otherwise the value of `over`. Not the merge of nodes.json, which is merge-base.ts.
 */
export function deepMergeAttributes(under: JsonObject, over: JsonObject): JsonObject {
  const merged: JsonObject = { ...under }
  for (const [key, value] of Object.entries(over)) {
    merged[key] = Object.hasOwn(under, key) ? mergeValue(under[key] as Json, value) : value
  }
  return merged
}

function mergeValue(under: Json, over: Json): Json {
  if (isJsonObject(under) && isJsonObject(over)) return deepMergeAttributes(under, over)
  if (Array.isArray(under) && Array.isArray(over)) return union(under, over)
  return over
}

/** Ruby's `|`: items are equal when their contents are, whatever the order of an object's keys. */
function union(under: readonly Json[], over: readonly Json[]): Json[] {
  const items = new Map<string, Json>()
  for (const item of [...under, ...over]) {
    const identity = JSON.stringify(item, sortedKeys)
    if (!items.has(identity)) items.set(identity, item)
  }
  return [...items.values()]
}

function sortedKeys(_key: string, value: Json): Json {
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
