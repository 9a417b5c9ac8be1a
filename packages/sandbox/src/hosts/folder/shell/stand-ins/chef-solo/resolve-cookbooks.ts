import { unresolvable } from './chef-failure.ts'
import type { Cookbook } from './cookbooks.ts'
import { recipeText, type Recipe } from './expand-run-list.ts'
import { satisfies } from './gem-requirement.ts'

export type ReadCookbook = (name: string) => Promise<Cookbook | undefined>

/**
 * The cookbooks that recipes need, and those that these depend on. Throws ChefFailure with the words of chef-zero
 * (EnvironmentCookbookVersionsEndpoint), of which there is one within chef-solo; here a cookbook has one version.
 */
export async function resolveCookbooks(
  recipes: readonly Recipe[],
  readCookbook: ReadCookbook,
): Promise<ReadonlyMap<string, Cookbook>> {
  const found = new Map<string, Cookbook>()
  const refuse = (reason: string) => unresolvable(reason, recipes.map(recipeText))
  for (const { name, version } of recipes) {
    const cookbookName = cookbookOf(name)
    const cookbook = await readCookbook(cookbookName)
    if (!cookbook) throw refuse(`No such cookbook: ${cookbookName}`)
    if (version !== undefined && cookbook.version !== version) {
      throw refuse(`No such cookbook version for cookbook ${cookbookName}: ${version}`)
    }
    found.set(cookbookName, cookbook)
  }
  // What is added meanwhile is visited too.
  for (const [, { dependencies }] of found) {
    let unsatisfied: string | undefined
    for (const [name, requirement] of dependencies) {
      const cookbook = found.get(name) ?? (await readCookbook(name))
      if (!cookbook) throw refuse(`No such cookbook: ${name}`)
      found.set(name, cookbook)
      if (!satisfies(cookbook.version, requirement)) unsatisfied ??= name
    }
    if (unsatisfied !== undefined) throw refuse(`Could not satisfy version constraints for: ${unsatisfied}`)
  }
  return found
}

export function cookbookOf(recipe: string): string {
  return recipe.split('::', 1)[0] ?? recipe
}
