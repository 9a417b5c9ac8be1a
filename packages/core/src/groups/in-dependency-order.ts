import type { Group } from './nodes.ts'

/** What became of the work on a group; `waitedFor` is one whose turn was before, and which has failed. */
export type GroupResult<R> =
  { group: Group; result: R } | { group: Group; error: unknown } | { group: Group; waitedFor: string }

/**
 * Does the work for each group once it is done for those of them that it depends on, or with `needed last` that depend on it;
 * independent ones side by side, at most so many at once. A failure stops only those whose turn is after it. Gives the results in the order of the groups.
 */
export async function inDependencyOrder<R>(
  groups: readonly Group[],
  most: number,
  work: (group: Group) => Promise<R>,
  order: 'needed first' | 'needed last' = 'needed first',
): Promise<GroupResult<R>[]> {
  const results = new Map<string, GroupResult<R>>()
  const waiting = new Set(groups)
  const running = new Map<string, Promise<void>>()
  const before = order === 'needed first' ? needed(groups) : needing(groups)
  const needs = ({ name }: Group) => before.get(name) ?? []
  const isDone = (name: string) => 'result' in (results.get(name) ?? {})
  const begin = async (group: Group) => {
    results.set(group.name, await resultOf(group, work))
    running.delete(group.name)
  }
  while (waiting.size + running.size > 0) {
    for (const group of waiting) {
      const waitedFor = needs(group).find((name) => results.has(name) && !isDone(name))
      if (waitedFor !== undefined) results.set(group.name, { group, waitedFor })
      if (waitedFor !== undefined) waiting.delete(group)
    }
    const ready = [...waiting].filter((group) => needs(group).every(isDone))
    for (const group of ready.slice(0, most - running.size)) {
      waiting.delete(group)
      running.set(group.name, begin(group))
    }
    if (running.size > 0) await Promise.race(running.values())
  }
  return groups.flatMap(({ name }) => results.get(name) ?? [])
}

/** The groups, each after those whose turn is before. */
export function inTurn(groups: readonly Group[], order: 'needed first' | 'needed last'): Group[] {
  const before = order === 'needed first' ? needed(groups) : needing(groups)
  const sorted = new Set<Group>()
  const add = (group: Group) => {
    const names = before.get(group.name) ?? []
    for (const each of groups) if (names.includes(each.name) && !sorted.has(each)) add(each)
    sorted.add(group)
  }
  for (const group of groups) add(group)
  return [...sorted]
}

/** By name, those of the groups that each depends on. */
function needed(groups: readonly Group[]): Map<string, string[]> {
  const names = new Set(groups.map(({ name }) => name))
  return new Map(
    groups.map(({ name, fields }) => [name, (fields.depends_on ?? []).filter((each) => names.has(each))]),
  )
}

/** By name, those of the groups that depend on each. */
function needing(groups: readonly Group[]): Map<string, string[]> {
  const depends = [...needed(groups)]
  return new Map(
    groups.map(({ name }) => [
      name,
      depends.filter(([, names]) => names.includes(name)).map(([other]) => other),
    ]),
  )
}

async function resultOf<R>(group: Group, work: (group: Group) => Promise<R>): Promise<GroupResult<R>> {
  try {
    return { group, result: await work(group) }
  } catch (error) {
    return { group, error }
  }
}
