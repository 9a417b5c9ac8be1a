import { isJsonObject } from './json.ts'
import type { Group, Nodes } from './nodes.ts'
import type { Path } from './problem.ts'

export const baseKey = '__base__'

/**
 * Where nodes.json writes what a merged group has at `path`: the path from the root of the file, its first key
 * `__base__` or the group. It follows the merge (merge-base.ts): an item of a list belongs to base up to base's
 * length, a key of an object to the group where the group has it, anything else to the group where it has the field.
 */
export function originOf(nodes: Nodes, group: Group, path: Path): Path {
  const [field, key, ...rest] = path
  if (field === undefined) return [group.name]
  const inBase: unknown = Reflect.get(nodes.base, field)
  const inGroup: unknown = Reflect.get(group.own, field)
  if (inGroup === undefined) return [baseKey, ...path]
  if (inBase === undefined || key === undefined) return [group.name, ...path]
  if (Array.isArray(inBase) && Array.isArray(inGroup) && typeof key === 'number') {
    if (key < inBase.length) return [baseKey, ...path]
    return [group.name, field, key - inBase.length, ...rest]
  }
  const fromBase = isJsonObject(inBase) && isJsonObject(inGroup) && !Object.hasOwn(inGroup, key)
  return [fromBase ? baseKey : group.name, ...path]
}
