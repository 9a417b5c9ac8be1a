import { findCookbooks } from '../chef/cookbooks.ts'
import { findDataBags } from '../chef/data-bags.ts'
import { roleNameOf } from '../chef/role.ts'
import { roleFile, withNestedRoles } from '../generated-files/role-file.ts'
import type { Group, Nodes } from '../groups/nodes.ts'
import type { BundlePart } from '../ports/bundles.ts'
import type { Files } from '../ports/files.ts'

/** What a cookbook holds for its tests alone, and its history: Chef reads none of it. */
const leftOut = ['spec', 'test', '.git']

/** What chef-solo needs on the nodes of a group, and the data bags and items that the group names and that are not there. */
export function bundleParts(
  { files, nodes, nodesText }: { files: Files; nodes: Nodes; nodesText: string },
  group: Group,
): { parts: BundlePart[]; missingDataBags: string[] } {
  const { found, missing } = findDataBags(files, group.fields.data_bags ?? [])
  const roles = withNestedRoles(nodes, group).map((member) => ({
    path: `roles/${roleNameOf(member.name)}.json`,
    text: roleFile(member).text,
  }))
  const dataBags = found.map(({ path }) => ({ path, source: path }))
  const parts = [
    { path: 'nodes.json', text: nodesText },
    ...roles,
    ...cookbookParts(files, nodes),
    ...dataBags,
  ]
  return { parts, missingDataBags: missing }
}

/** In the order of `cookbook_paths`, of which Chef reads the last one first; those at the root come last, as in an image. */
function cookbookParts(files: Files, nodes: Nodes): BundlePart[] {
  const { paths, atRoot } = findCookbooks(files, nodes)
  const inPaths = paths.flatMap((path) =>
    files.list(path).flatMap(({ name, isFolder }) => (isFolder ? [{ name, source: `${path}/${name}` }] : [])),
  )
  return [...inPaths, ...atRoot.map((name) => ({ name, source: name }))].map(({ name, source }) => ({
    path: `cookbooks/${name}`,
    source,
    leftOut,
  }))
}
