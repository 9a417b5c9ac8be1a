import { roleDocument } from '@package/templates/role'

import { groupOfRole, roleOf, runListItems } from '../chef/role.ts'
import type { Group, Nodes } from '../groups/nodes.ts'
import type { WantedFile } from '../ports/files.ts'

export function rolePath(groupName: string): string {
  return `roles/${groupName}.json`
}

/** roles/<group>.json. Its name is the seed's; inside an image or bundle it lies as roles/role-<group>.json. */
export function roleFile(group: Group): WantedFile {
  return { path: rolePath(group.name), text: roleDocument(roleOf(group)) }
}

/** The group and every group whose role its run list brings in, directly or through another role. */
export function withNestedRoles(nodes: Nodes, group: Group): Group[] {
  const found = new Set([group])
  for (const member of found) {
    for (const item of runListItems(member)) {
      const nested = item.type === 'role' ? groupOfRole(nodes, item.name) : undefined
      if (nested) found.add(nested)
    }
  }
  return [...found]
}
