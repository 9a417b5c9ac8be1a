import { PackageError } from '../errors.ts'
import { didYouMean } from './did-you-mean.ts'
import type { Group, Nodes } from './nodes.ts'

/** Which groups an action can act on, and what the others lack. */
export interface Applicability {
  appliesTo(group: Group): boolean
  /** Why a named group cannot be acted on; follows its name. */
  reason: string
}

/** The group of that name. Throws PackageError (usage) when there is none. */
export function selectGroup(nodes: Nodes, name: string): Group {
  const group = nodes.groups.get(name)
  if (group) return group
  const meant = didYouMean(name, [...nodes.groups.keys()])
  throw new PackageError('usage', 'UNKNOWN_GROUP', `there is no group ${JSON.stringify(name)}${meant}`, {
    hint: 'package nodes:list',
  })
}

/**
 * The groups that the command line names, in the order of nodes.json, or all that the action applies to when it
 * names none. Throws PackageError: usage for a name that is no group, config for a group the action does not apply to.
 */
export function selectGroups(nodes: Nodes, names: readonly string[], applicability?: Applicability): Group[] {
  const applies = (group: Group) => applicability?.appliesTo(group) ?? true
  if (names.length === 0) return [...nodes.groups.values()].filter(applies)
  const named = new Set(names.map((name) => selectGroup(nodes, name)))
  for (const group of named) {
    if (applicability && !applies(group)) {
      throw new PackageError('config', 'GROUP_NOT_APPLICABLE', `${group.name} ${applicability.reason}`)
    }
  }
  return [...nodes.groups.values()].filter((group) => named.has(group))
}
