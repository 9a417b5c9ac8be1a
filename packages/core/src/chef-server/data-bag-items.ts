import { PackageError } from '../errors.ts'
import { didYouMean } from '../groups/did-you-mean.ts'
import { isJsonObject, type JsonObject } from '../groups/json.ts'
import { parseJson } from '../groups/parse-json.ts'
import type { Problem } from '../groups/problem.ts'
import type { Files } from '../ports/files.ts'
import { recordBag } from './publication-record.ts'

export interface DataBagItem {
  bag: string
  id: string
  value: JsonObject
}

/** As the Chef Server has it for bags and ids. */
const chefName = /^(?!\.\.?$)[\w:.-]+$/

/** Indices of the search of every Chef Server, which a bag could not be searched beside, and our own bag. */
const takenNames: ReadonlySet<string> = new Set(['client', 'environment', 'node', 'role', recordBag])

const folder = 'data_bags'

/**
 * The items of one data bag, or of all: data_bags/<bag>/<id>.json. Throws PackageError: usage for a bag that has no folder, config with
 * every file that is no item.
 */
export function readDataBagItems(
  files: Pick<Files, 'list' | 'read'>,
  bag: string | undefined,
): DataBagItem[] {
  const bags = files.list(folder).filter(({ isFolder }) => isFolder)
  const names = bags.map(({ name }) => name)
  if (bag !== undefined && !names.includes(bag)) {
    throw new PackageError(
      'usage',
      'UNKNOWN_DATA_BAG',
      `there is no folder ${folder}/${bag}${didYouMean(bag, names)}`,
      {
        hint: `an item of a data bag is a file ${folder}/<bag>/<item>.json`,
      },
    )
  }
  const problems: Problem[] = []
  const items = (bag === undefined ? names : [bag]).flatMap((name) => itemsOf(files, name, problems))
  if (problems.length === 0) return items
  throw new PackageError(
    'config',
    'DATA_BAG_INVALID',
    `${folder}/ has files that are no items of data bags`,
    { problems },
  )
}

function itemsOf(files: Pick<Files, 'list' | 'read'>, bag: string, problems: Problem[]): DataBagItem[] {
  const entries = files
    .list(`${folder}/${bag}`)
    .filter(({ name, isFolder }) => !isFolder && name.endsWith('.json'))
  if (entries.length > 0 && (takenNames.has(bag) || !chefName.test(bag))) {
    problems.push({
      file: `${folder}/${bag}`,
      text: `${JSON.stringify(bag)} cannot be the name of a data bag`,
    })
    return []
  }
  return entries.flatMap(({ name }) => {
    const file = `${folder}/${bag}/${name}`
    const value = readItem(file, files.read(file) ?? '', problems)
    if (value === undefined) return []
    const id = name.slice(0, -'.json'.length)
    if (value['id'] === id && chefName.test(id)) return [{ bag, id, value }]
    const text =
      value['id'] === id
        ? 'an id is letters, digits, "_", "-", "." and ":"'
        : `"id" must be ${JSON.stringify(id)}, as the file is named`
    problems.push({ file, pointer: '/id', text })
    return []
  })
}

function readItem(file: string, text: string, problems: Problem[]): JsonObject | undefined {
  try {
    const parsed = parseJson(file, text.replace(/^\uFEFF/, ''), { isSecret: true })
    problems.push(...parsed.problems)
    if (isJsonObject(parsed.value)) return parsed.problems.length === 0 ? parsed.value : undefined
    problems.push({ file, line: 1, column: 1, text: 'must be one object with an "id"' })
  } catch (error) {
    if (!(error instanceof PackageError)) throw error
    problems.push(...error.problems)
  }
  return undefined
}
