import { basename, resolve } from 'node:path'

import type { Action, FolderCall, OptionValues, Outcome } from '@package/core/action'
import { parseNodes } from '@package/core/groups/parse-nodes'
import type { Report } from '@package/core/ports/report'

import { diskFiles } from './systems/host/disk-files.ts'
import { findProject, readNodesFile, workingFolder } from './systems/host/project-folder.ts'

export interface Request {
  action: Action
  operands: readonly string[]
  options: OptionValues
  /** `-C` */
  directory: string | undefined
  report: Report
}

/** Connects an action to this machine and runs it. The only place where adapters are made. */
export async function runAction({ action, operands, options, directory, report }: Request): Promise<Outcome> {
  const callIn = (folder: string): FolderCall => {
    return { options, files: diskFiles(folder), report, folderName: basename(folder) }
  }
  if (action.on === 'folder') return action.run(callIn(resolve(workingFolder(), directory ?? '.')))
  const project = findProject(workingFolder(), directory)
  const nodesText = readNodesFile(project)
  const nodes = await parseNodes('nodes.json', nodesText)
  return action.run({ ...callIn(project), operands, nodes, nodesText })
}
