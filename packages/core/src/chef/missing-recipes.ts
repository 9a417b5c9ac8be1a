import type { GroupFinding } from '../groups/checks/group-finding.ts'
import type { Group } from '../groups/nodes.ts'
import type { Files } from '../ports/files.ts'
import type { CookbookFolders } from './cookbooks.ts'
import { parseRunListItem } from './run-list-item.ts'

/** The items of a group's run list whose recipe is nowhere in the cookbooks, or does nothing. */
export function missingRecipes(files: Files, folders: CookbookFolders, { fields }: Group): GroupFinding[] {
  const lists = ['run_list', 'post_run_list'] as const
  return lists.flatMap((list) =>
    (fields[list] ?? []).flatMap((item, index) => {
      const text = whatIsMissing(files, folders, item)
      return text === undefined ? [] : [{ path: [list, index], text }]
    }),
  )
}

function whatIsMissing(files: Files, { paths, atRoot }: CookbookFolders, text: string): string | undefined {
  const item = parseRunListItem(text)
  if (item.type === 'role') return undefined
  const { cookbook, recipe } = item
  const own = paths.map((path) => `${path}/${cookbook}`).filter((path) => files.list(path).length > 0)
  const [folder] = atRoot.includes(cookbook) ? [...own, cookbook] : own
  if (folder === undefined) {
    return `${text}: there is no cookbook ${cookbook} in ${paths.join(', ') || 'cookbooks'}`
  }
  const source = files.read(`${folder}/recipes/${recipe}.rb`)
  if (source === undefined) return `${text}: ${folder} has no recipes/${recipe}.rb`
  return isEmpty(source) ? `${text}: ${folder}/recipes/${recipe}.rb does nothing` : undefined
}

/** Nothing but comments. */
function isEmpty(source: string): boolean {
  return source.split('\n').every((line) => /^\s*(#.*)?$/.test(line))
}
