import type { Files } from '../ports/files.ts'

/** The data bags and items that a group names, as they are in the project. */
export interface DataBags {
  /** Folders of bags, and files of items. */
  found: { path: string; isItem: boolean }[]
  /** Those that are not there, as the group names them. */
  missing: string[]
}

/** Looks for data bags (`users`) and items (`users/admin`), in the order given; a name that is given twice is one. */
export function findDataBags(files: Files, names: readonly string[]): DataBags {
  const bags: DataBags = { found: [], missing: [] }
  for (const name of new Set(names)) {
    const isItem = name.includes('/')
    const path = isItem ? `data_bags/${name}.json` : `data_bags/${name}`
    if (files.exists(path)) bags.found.push({ path, isItem })
    else bags.missing.push(name)
  }
  return bags
}
