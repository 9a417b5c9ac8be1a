import { homedir } from 'node:os'
import { basename, resolve } from 'node:path'

import type { Action, FolderCall, OptionValues, Outcome, ProjectCall } from '@package/core/action'
import type { Nodes } from '@package/core/groups/nodes'
import { parseNodes } from '@package/core/groups/parse-nodes'
import type { ChefServer } from '@package/core/ports/chef-server'
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

/** Connects an action to this machine and runs it. The only place where adapters are made, with wire-cloud.ts. */
export async function runAction({ action, operands, options, directory, report }: Request): Promise<Outcome> {
  const callIn = (folder: string): FolderCall => {
    return { options, files: diskFiles(folder), report, folderName: basename(folder) }
  }
  if (action.on === 'folder') return action.run(callIn(resolve(workingFolder(), directory ?? '.')))
  const project = findProject(workingFolder(), directory)
  const nodesText = readNodesFile(project)
  const nodes = await parseNodes('nodes.json', nodesText)
  const call: ProjectCall = {
    ...callIn(project),
    operands,
    nodes,
    nodesText,
    chefServer: () => chefServerOf(nodes, project),
  }
  if (action.on === 'project') return action.run(call)
  // The SDK warns of old versions of Node on stderr; which ones this tool runs on is for its own package.json to say.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'
  const { runCloudAction, runSandboxAction } = await import('./wire-cloud.ts')
  return action.on === 'cloud'
    ? runCloudAction(action, call, project)
    : runSandboxAction(action, call, project)
}

/** Loaded by actions that publish. */
async function chefServerOf({ settings }: Nodes, project: string): Promise<ChefServer> {
  const { connectChefServer } = await import('./systems/chef/connect.ts')
  const { systemClock } = await import('./systems/host/system-clock.ts')
  const places = { settings: settings.chef_server, project, environment: process.env, home: homedir() }
  return connectChefServer(places, systemClock())
}
