import type { Nodes } from '../groups/nodes.ts'
import type { Files } from '../ports/files.ts'

/** The recipes at hand, read when they are asked for. */
export interface Cookbooks {
  /** All recipes that a recipe includes, directly or through others, as `cookbook::recipe`. */
  includedBy(recipe: string): ReadonlySet<string>
}

/** The folders of cookbooks that exist: those of `cookbook_paths`, and folders of the root that are a cookbook themselves. */
export interface CookbookFolders {
  paths: string[]
  atRoot: string[]
  /** Paths that nodes.json names and where no cookbook is. */
  missing: string[]
}

/** Looks for cookbooks in the project; `cookbook_paths` defaults to `cookbooks`. */
export function findCookbooks(files: Files, nodes: Nodes): CookbookFolders {
  const paths = (nodes.settings.cookbook_paths ?? ['cookbooks']).map((path) => path.replace(/\/+$/, ''))
  const atRoot = files
    .list('.')
    .filter((entry) => entry.isFolder && !entry.name.startsWith('.'))
    .filter(({ name }) => !paths.includes(name) && files.exists(`${name}/metadata.rb`))
  const present = paths.filter((path) => files.list(path).some((entry) => entry.isFolder))
  const missing =
    nodes.settings.cookbook_paths === undefined ? [] : paths.filter((path) => !present.includes(path))
  return { paths: present, atRoot: atRoot.map(({ name }) => name), missing }
}

/** Reads recipes from the folders; each recipe once. */
export function readCookbooks(files: Files, folders: CookbookFolders): Cookbooks {
  const direct = new Map<string, string[]>()
  const includesOf = (recipe: string): string[] => {
    let included = direct.get(recipe)
    if (included === undefined) {
      included = literalIncludes(readRecipe(files, folders, recipe))
      direct.set(recipe, included)
    }
    return included
  }
  return {
    includedBy(recipe) {
      const all = new Set<string>()
      const open = [...includesOf(recipe)]
      for (let name = open.pop(); name !== undefined; name = open.pop()) {
        if (all.has(name)) continue
        all.add(name)
        open.push(...includesOf(name))
      }
      return all
    },
  }
}

function readRecipe(files: Files, { paths, atRoot }: CookbookFolders, recipe: string): string {
  const [cookbook = '', name = ''] = recipe.split('::')
  const folders = [
    ...paths.map((path) => `${path}/${cookbook}`),
    ...(atRoot.includes(cookbook) ? [cookbook] : []),
  ]
  return (
    folders.map((folder) => files.read(`${folder}/recipes/${name}.rb`)).find((text) => text !== undefined) ??
    ''
  )
}

/** The `include_recipe` lines whose names are literal; what Ruby would compute is not guessed. */
function literalIncludes(recipe: string): string[] {
  const lines = recipe.matchAll(/^\s*include_recipe[\s(]+(['"])([A-Za-z0-9_.:-]+)\1/gm)
  return [...lines].map(([, , name = '']) => (name.includes('::') ? name : `${name}::default`))
}
