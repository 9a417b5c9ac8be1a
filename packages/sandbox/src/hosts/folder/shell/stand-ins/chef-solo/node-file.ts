import { posix } from 'node:path'

import type { MachineDisk } from './cookbooks.ts'
import type { Expansion, Recipe } from './expand-run-list.ts'
import { recipeText } from './expand-run-list.ts'
import { itemText, type RunListItem } from './run-list-item.ts'

export interface ConvergedNode {
  name: string
  dna: object
  runList: readonly RunListItem[]
  expansion: Expansion
}

/** Leaves the node that was converged on the disk, as chef-solo does: that is how one sees afterwards that it ran. */
export async function writeNodeFile(disk: MachineDisk, folder: string, node: ConvergedNode): Promise<void> {
  const { run_list: _, ...normal } = node.dna as Record<string, unknown>
  const { recipes, roles } = node.expansion
  const document = {
    name: node.name,
    normal: { ...normal, tags: [] },
    automatic: {
      recipes: recipes.flatMap(({ name }) => bothNames(name)),
      expanded_run_list: recipes.map(qualified),
      roles,
    },
    ...(node.runList.length > 0 && { run_list: node.runList.map(itemText) }),
  }
  await disk.mkdir(folder, { recursive: true })
  const path = posix.join(folder, `${node.name}.json`)
  await disk.writeFile(path, `${JSON.stringify(document, undefined, 2)}\n`)
}

/** Of a cookbook's default recipe Chef keeps both names, so that either is found. */
function bothNames(name: string): string[] {
  const short = name.replace(/::default$/, '')
  return short.includes('::') ? [name] : [short, `${short}::default`]
}

function qualified({ name, version }: Recipe): string {
  return recipeText({ name: name.includes('::') ? name : `${name}::default`, version })
}
