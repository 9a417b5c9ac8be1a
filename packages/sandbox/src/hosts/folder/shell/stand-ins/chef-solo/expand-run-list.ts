import { ChefFailure, list } from './chef-failure.ts'
import { itemText, parseRunList, type RunListItem } from './run-list-item.ts'

/** Gives a role by its name; undefined when there is none. */
export type ReadRole = (name: string) => Promise<unknown>

export interface MissingRole {
  name: string
  includedBy: string
}

export interface Recipe {
  /** `cookbook` or `cookbook::recipe`, as it was first named. */
  name: string
  version: string | undefined
}

export interface Expansion {
  recipes: Recipe[]
  /** Every role that was met, in that order, those that do not exist included. */
  roles: string[]
  missing: MissingRole[]
}

/**
 * Expands a run list as Chef::RunList::RunListExpansion does: depth first, each role and each recipe once, where it is
 * first met. `x` and `x::default` stay two names.
 */
export async function expandRunList(items: readonly RunListItem[], readRole: ReadRole): Promise<Expansion> {
  const recipes = new Map<string, Recipe>()
  const roles = new Set<string>()
  const missing: MissingRole[] = []
  const expand = async (level: readonly RunListItem[], includedBy: string): Promise<void> => {
    for (const item of level) {
      if (item.type === 'recipe') addRecipe(recipes, item)
      else if (!roles.has(item.name)) {
        roles.add(item.name)
        const role = await readRole(item.name)
        if (role === undefined) missing.push({ name: item.name, includedBy })
        else await expand(parseRunList(role), itemText(item))
      }
    }
  }
  await expand(items, 'top level')
  return { recipes: [...recipes.values()], roles: [...roles], missing }
}

function addRecipe(recipes: Map<string, Recipe>, { name, version }: RunListItem): void {
  const earlier = recipes.get(name)
  if (!earlier) recipes.set(name, { name, version })
  else if (version !== undefined) {
    if (earlier.version !== undefined && threeParts(earlier.version) !== threeParts(version)) {
      throw versionConflict(`Run list requires ${name} at versions ${earlier.version} and ${version}`)
    }
    earlier.version = version
  }
}

/** Chef takes 1.2 and 1.2.0 for the same version. */
export function threeParts(version: string): string {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  return [major, minor, patch].join('.')
}

function versionConflict(text: string): ChefFailure {
  const message = `Chef::Exceptions::CookbookVersionConflict: ${text}`
  return new ChefFailure(message, {
    title: 'Error expanding the run_list:',
    sections: [['Unexpected Error:', message]],
  })
}

export function missingRoles(missing: readonly MissingRole[], runList: readonly RunListItem[]): ChefFailure {
  const names = missing.map(({ name }) => name).join(', ')
  const explained = missing.map(({ name, includedBy }) => `${name} included by '${includedBy}'`)
  return new ChefFailure(
    `Chef::Exceptions::MissingRole: The expanded run list includes nonexistent roles: ${names}`,
    {
      title: 'Error expanding the run_list:',
      sections: [
        ['Missing Role(s) in Run List:', list(explained)],
        ['Original Run List', list(runList.map(itemText))],
      ],
    },
  )
}

/** As Chef asks for cookbooks: `cookbook::recipe@version`. */
export function recipeText({ name, version }: Recipe): string {
  return version === undefined ? name : `${name}@${version}`
}
