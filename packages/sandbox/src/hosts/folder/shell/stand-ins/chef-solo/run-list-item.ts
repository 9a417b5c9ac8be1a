import { ChefFailure } from './chef-failure.ts'

/** An entry of a run list, as Chef::RunList::RunListItem reads it. */
export interface RunListItem {
  type: 'recipe' | 'role'
  name: string
  version: string | undefined
}

const qualifiedRecipe = /^recipe\[([^\]@]+)(?:@([0-9]+(?:\.[0-9]+){1,2}))?\]$/
const qualifiedRole = /^role\[([^\]]+)\]$/
const versionedRecipe = /^([^@]+)@([0-9]+(?:\.[0-9]+){1,2})$/

/** Throws ChefFailure for what Chef takes for no item. */
export function parseItem(item: unknown): RunListItem {
  if (typeof item !== 'string') throw refused(`${JSON.stringify(item)}: must be a Hash or String`)
  const [, role] = qualifiedRole.exec(item) ?? []
  if (role !== undefined) return { type: 'role', name: role, version: undefined }
  const [, recipe, version] = qualifiedRecipe.exec(item) ?? versionedRecipe.exec(item) ?? []
  if (recipe !== undefined) return { type: 'recipe', name: recipe, version }
  if (/[[\]]/.test(item)) throw refused(`String:${JSON.stringify(item)}: must be recipe[] or role[]`)
  return { type: 'recipe', name: item, version: undefined }
}

/** The items of a role or of DNA, each once; none where there is no list. */
export function parseRunList(owner: unknown): RunListItem[] {
  const { run_list: runList = [] } = owner as { run_list?: unknown }
  const items = (Array.isArray(runList) ? runList : [runList]).map(parseItem)
  return [...new Map(items.map((item) => [itemText(item), item])).values()]
}

export function itemText({ type, name, version }: RunListItem): string {
  return `${type}[${name}${version === undefined ? '' : `@${version}`}]`
}

function refused(why: string): ChefFailure {
  return new ChefFailure(`ArgumentError: Unable to create Chef::RunList::RunListItem from ${why}`)
}
