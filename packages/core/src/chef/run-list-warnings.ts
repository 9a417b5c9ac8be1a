import type { Group, Nodes } from '../groups/nodes.ts'
import type { Cookbooks } from './cookbooks.ts'
import { expandRole } from './expand-role.ts'
import { groupOfRole, runListItems } from './role.ts'
import type { RunListItem } from './run-list-item.ts'

/**
 * What the seed asks to avoid in a run list: a role inside it, and a recipe that another recipe of the list already
 * includes (where the cookbooks at hand show it); and what Chef refuses: one recipe in two versions.
 */
export function runListWarnings(nodes: Nodes, group: Group, cookbooks: Cookbooks): string[] {
  const items = runListItems(group)
  return [
    ...items.flatMap((item) => roleWarning(nodes, item)),
    ...includeWarnings(items, cookbooks),
    ...versionWarnings(nodes, group, items),
  ]
}

/** Only a list that asks for versions, or brings in another, can ask for two; most do neither. */
function versionWarnings(nodes: Nodes, group: Group, items: readonly RunListItem[]): string[] {
  if (!items.some((item) => item.type === 'role' || item.version !== undefined)) return []
  const { version_conflicts } = expandRole(nodes, group)
  return version_conflicts.map((conflict) => `${conflict}: Chef will refuse to run this`)
}

function roleWarning(nodes: Nodes, item: RunListItem): string[] {
  if (item.type !== 'role') return []
  const advice = 'name its recipes instead, so that the run list shows what runs'
  const missing = groupOfRole(nodes, item.name)
    ? ''
    : '; no group makes this role, so it must come from elsewhere'
  return [`role[${item.name}] is a role inside a run list: ${advice}${missing}`]
}

function includeWarnings(items: readonly RunListItem[], cookbooks: Cookbooks): string[] {
  const names = items.flatMap((item) => (item.type === 'recipe' ? [`${item.cookbook}::${item.recipe}`] : []))
  const listed = new Set(names)
  return [...listed].flatMap((name) =>
    [...cookbooks.includedBy(name)]
      .filter((included) => included !== name && listed.has(included))
      .map(
        (included) => `recipe[${included}] is already included by recipe[${name}]: leave it to that recipe`,
      ),
  )
}
