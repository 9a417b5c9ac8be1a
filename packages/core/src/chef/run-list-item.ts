/** An item of a run list, taken apart. */
export type RunListItem =
  { type: 'recipe'; cookbook: string; recipe: string; version?: string } | { type: 'role'; name: string }

/**
 * Reads an item that nodes.schema.json has let through. The grammar is Chef's own (Chef::RunList::RunListItem):
 * a version has two or three numbers; a recipe without a name is the cookbook's `default`.
 */
export function parseRunListItem(item: string): RunListItem {
  const [, type, inner = ''] = /^(recipe|role)\[(.*)\]$/.exec(item) ?? []
  if (type === 'role') return { type, name: inner }
  const [name = '', version] = inner.split('@')
  const [cookbook = '', recipe = 'default'] = name.split('::')
  return { type: 'recipe', cookbook, recipe, ...(version !== undefined && { version }) }
}

/** The item as generated files write it: `recipe[x@1.2]` becomes `recipe[x::default@1.2]`; roles stay as they are. */
export function formatRunListItem(item: RunListItem): string {
  if (item.type === 'role') return `role[${item.name}]`
  const version = item.version === undefined ? '' : `@${item.version}`
  return `recipe[${item.cookbook}::${item.recipe}${version}]`
}
