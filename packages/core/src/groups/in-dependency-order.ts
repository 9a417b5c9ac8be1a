import type { Group } from './nodes.ts'

/** What became of the work on a group; `not started` where one that it depends on has failed. */
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
  const running = new Map<Group, Promise<unknown>>()
  const needs = (group: Group) => (group.fields.depends_on ?? []).filter((name) => names.has(name))
  const isDone = (name: string) => 'result' in (results.get(name) ?? {})
  const failed = (name: string) => results.has(name) && !isDone(name)
  while (waiting.size + running.size > 0) {
    for (const group of waiting) {
      const waitedFor = needs(group).find(failed)
      if (waitedFor === undefined) continue
      waiting.delete(group)
      results.set(group.name, { group, waitedFor })
    }
    const ready = [...waiting].filter((group) => needs(group).every(isDone))
    for (const group of ready.slice(0, most - running.size)) {
      waiting.delete(group)
      const ended = resultOf(group, work).then((result) => {
        results.set(group.name, result)
        running.delete(group)
      })
      running.set(group, ended)
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
