import type { Group } from './nodes.ts'

/** What became of the work on a group; `waitedFor` is one that it depends on, which has failed. */
export type GroupResult<R> =
  { group: Group; result: R } | { group: Group; error: unknown } | { group: Group; waitedFor: string }

/**
 * Does the work for each group once it is done for those of them that it depends on; independent ones side by side, at most so
 * many at once. A failure stops only what depends on it. Gives the results in the order of the groups.
 */
export async function inDependencyOrder<R>(
  groups: readonly Group[],
  most: number,
  work: (group: Group) => Promise<R>,
): Promise<GroupResult<R>[]> {
  const results = new Map<string, GroupResult<R>>()
  const waiting = new Set(groups)
  const names = new Set(groups.map(({ name }) => name))
  const running = new Map<string, Promise<void>>()
  const needs = (group: Group) => (group.fields.depends_on ?? []).filter((name) => names.has(name))
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

async function resultOf<R>(group: Group, work: (group: Group) => Promise<R>): Promise<GroupResult<R>> {
  try {
    return { group, result: await work(group) }
  } catch (error) {
    return { group, error }
  }
}
