import { findCookbooks, readCookbooks } from '../chef/cookbooks.ts'
import { runListWarnings } from '../chef/run-list-warnings.ts'
import type { Group, Nodes } from '../groups/nodes.ts'
import type { Files } from '../ports/files.ts'
import type { Report } from '../ports/report.ts'

/** Says what the run lists of the groups should avoid, each group by name, and which cookbooks are not where they should be. */
export function warnOfChef(files: Files, nodes: Nodes, groups: readonly Group[], report: Report): void {
  const folders = findCookbooks(files, nodes)
  for (const path of folders.missing) {
    report({
      level: 'warning',
      code: 'COOKBOOKS_MISSING',
      text: `cookbook_paths names ${path}, where no cookbook is`,
    })
  }
  const cookbooks = readCookbooks(files, folders)
  for (const group of groups) {
    for (const text of runListWarnings(nodes, group, cookbooks)) {
      report({ level: 'warning', code: 'RUN_LIST', group: group.name, text: `${group.name}: ${text}` })
    }
  }
}
