import { findDataBags } from '../chef/data-bags.ts'
import { PackageError } from '../errors.ts'
import type { Group } from '../groups/nodes.ts'
import { parseJson } from '../groups/parse-json.ts'
import type { Problem } from '../groups/problem.ts'
import type { Files } from '../ports/files.ts'

/** Throws PackageError (config) for items of the groups that are no JSON. */
export function checkDataBags(files: Files, groups: readonly Group[]): void {
  const names = groups.flatMap(({ fields }) => fields.data_bags ?? [])
  const paths = findDataBags(files, names).found.flatMap(({ path, isItem }) =>
    isItem ? [path] : itemsIn(files, path),
  )
  const problems = [...new Set(paths)].flatMap((path) => problemsOf(path, files.read(path) ?? ''))
  if (problems.length === 0) return
  throw new PackageError('config', 'DATA_BAG_INVALID', 'data bags have items that are no JSON', {
    problems,
    hint: 'correct them; nothing was sent',
  })
}

function itemsIn(files: Files, folder: string): string[] {
  return files
    .list(folder)
    .filter(({ name, isFolder }) => !isFolder && name.endsWith('.json'))
    .map(({ name }) => `${folder}/${name}`)
}

function problemsOf(path: string, text: string): readonly Problem[] {
  try {
    parseJson(path, text, { isSecret: true })
    return []
  } catch (error) {
    if (!(error instanceof PackageError)) throw error
    return error.problems
  }
}
