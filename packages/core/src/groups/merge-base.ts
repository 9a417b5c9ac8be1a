import deepmerge from 'deepmerge'

import { isJsonObject } from './json.ts'
import type { NodeGroup } from './node-group.ts'

const isMergeableObject = (value: object) => Array.isArray(value) || isJsonObject(value)

/** Base's items, then the group's; nothing is taken out twice. */
function appendLists<T>(base: readonly T[], group: readonly T[]): T[] {
  return [...base, ...group]
}

function mergeField(base: unknown, group: unknown): unknown {
  if (Array.isArray(base) && Array.isArray(group)) return appendLists(base, group)
  if (isJsonObject(base) && isJsonObject(group)) return { ...base, ...group }
  return group
}

/**
 * What a group is once it has inherited from `__base__` (docs/nodes-json.md, "The merge"): lists are appended, base
 * first; objects are merged at level 1, a key of the group replacing the base's key whole; of everything else, and
 * of two different types, the group's value is taken. Neither input is changed; the result shares values with both.
 *
 * `clone: false` matters: deepmerge's default clone drops keys inside an attribute named `toString`, `valueOf` or
 * `hasOwnProperty`.
 */
export function mergeBase(base: NodeGroup, group: NodeGroup): NodeGroup {
  return deepmerge<NodeGroup>(base, group, {
    clone: false,
    isMergeableObject,
    arrayMerge: appendLists,
    customMerge: () => mergeField,
  })
}
