import type { Upload } from '@package/templates/packer'

import type { CookbookFolders } from '../chef/cookbooks.ts'
import { findDataBags } from '../chef/data-bags.ts'
import { roleNameOf } from '../chef/role.ts'
import type { Group, Nodes } from '../groups/nodes.ts'
import type { Files } from '../ports/files.ts'
import { rolePath, withNestedRoles } from './role-file.ts'

export interface ImageContents {
  uploads: Upload[]
  /** The cookbooks and data bags among them, by their paths in the project. */
  sources: string[]
  /** The folders they go to. */
  folders: string[]
  /** Data bags and items that the group names and that are not there. */
  missingDataBags: string[]
}

/**
 * What goes into a group's image from the project: nodes.json, the roles, and those cookbooks and data bags that
 * exist (Packer refuses a `file` source that does not).
 */
export function imageContents(
  files: Files,
  nodes: Nodes,
  group: Group,
  cookbooks: CookbookFolders,
): ImageContents {
  const { dataBags, missingDataBags } = dataBagUploads(files, group.fields.data_bags ?? [])
  const roles = withNestedRoles(nodes, group).map(({ name }) => ({
    source: rolePath(name),
    destination: `package-upload/roles/${roleNameOf(name)}.json`,
  }))
  const nodesFile = { source: 'nodes.json', destination: 'package-upload/nodes.json' }
  const bags = new Set(dataBags.map(({ destination }) => destination.split('/').slice(1, 3).join('/')))
  const fromDisk = [...cookbookUploads(cookbooks), ...dataBags]
  return {
    uploads: [nodesFile, ...roles, ...fromDisk],
    sources: fromDisk.map(({ source }) => source.replace(/\/$/, '')),
    folders: ['roles', 'cookbooks', 'data_bags', ...bags],
    missingDataBags,
  }
}

/** The contents of every folder of cookbooks, and every cookbook that lies at the root. */
function cookbookUploads({ paths, atRoot }: CookbookFolders): Upload[] {
  const destination = 'package-upload/cookbooks'
  return [
    ...paths.map((path) => ({ source: `${path}/`, destination })),
    ...atRoot.map((path) => ({ source: path, destination })),
  ]
}

function dataBagUploads(files: Files, names: readonly string[]) {
  const { found, missing } = findDataBags(files, names)
  const dataBags: Upload[] = found.map(({ path, isItem }) => ({
    source: isItem ? path : `${path}/`,
    destination: `package-upload/${path}`,
  }))
  return { dataBags, missingDataBags: missing }
}
