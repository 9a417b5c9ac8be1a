import { PackageError } from '../../errors.ts'
import { didYouMean } from '../../groups/did-you-mean.ts'
import { isJsonObject, type Json, type JsonObject } from '../../groups/json.ts'
import { Locator } from '../../groups/locate.ts'
import type { Group, Nodes } from '../../groups/nodes.ts'
import { originOf } from '../../groups/origin.ts'
import { fromPointer, toPointer, type Path } from '../../groups/problem.ts'

/** A value of a merged group and where it is written. */
export interface ExplainedValue {
  /** JSON pointer into the merged group. */
  pointer: string
  value: Json
  origin: { group: string; file: string; line: number; column: number }
}

/** Every value of the merged group, as finely as the merge treats it: items of lists, level-1 keys of objects. */
export function explainAll(nodes: Nodes, group: Group, nodesText: string): ExplainedValue[] {
  return explain(
    nodes,
    group,
    nodesText,
    Object.keys(group.fields).flatMap((field) => pathsBelow(group, [field])),
  )
}

/**
 * The values at a JSON pointer into the merged group; a list or object of the merge is shown value by value.
 * Throws PackageError (usage) when the pointer is none, or points at nothing.
 */
export function explainKey(nodes: Nodes, group: Group, nodesText: string, pointer: string): ExplainedValue[] {
  const keys = fromPointer(pointer)
  if (keys === undefined) {
    const hint = `package nodes:explain ${group.name} /${pointer}`
    throw new PackageError(
      'usage',
      'NOT_A_POINTER',
      `${JSON.stringify(pointer)} is not a JSON pointer: it begins with a slash`,
      { hint },
    )
  }
  if (keys.length === 0) return explainAll(nodes, group, nodesText)
  const path = pathTo(group, keys)
  return explain(nodes, group, nodesText, path.length === 1 ? pathsBelow(group, path) : [path])
}

function explain(nodes: Nodes, group: Group, nodesText: string, paths: readonly Path[]): ExplainedValue[] {
  const locator = new Locator(nodesText)
  return paths.map((path) => {
    const place = originOf(nodes, group, path)
    const origin = { group: String(place[0]), file: 'nodes.json', ...locator.position(place) }
    return { pointer: toPointer(path), value: valueAt(group, path) as Json, origin }
  })
}

function pathsBelow(group: Group, path: Path): Path[] {
  const value = valueAt(group, path)
  if (Array.isArray(value) && value.length > 0) return value.map((_item, index) => [...path, index])
  if (isJsonObject(value) && Object.keys(value).length > 0) {
    return Object.keys(value).map((key) => [...path, key])
  }
  return [path]
}

/** The pointer's keys with indexes as numbers, once every one of them is known to be there. */
function pathTo(group: Group, keys: readonly string[]): Path {
  const path: (string | number)[] = []
  for (const key of keys) {
    const parent = valueAt(group, path)
    const known = Array.isArray(parent)
      ? parent.map((_item, index) => String(index))
      : Object.keys(asObject(parent))
    if (!known.includes(key)) {
      const here = toPointer(path)
      const meant = didYouMean(
        `${here}/${key}`,
        known.map((name) => toPointer([...path, name])),
      )
      throw new PackageError(
        'usage',
        'NO_SUCH_KEY',
        `${group.name} has nothing at ${toPointer([...path, key])}${meant}`,
        {
          hint: `package nodes:explain ${group.name}`,
        },
      )
    }
    path.push(Array.isArray(parent) ? Number(key) : key)
  }
  return path
}

function asObject(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {}
}

function valueAt(group: Group, path: Path): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
    group.fields,
  )
}
