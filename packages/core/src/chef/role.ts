import type { JsonObject } from '../groups/json.ts'
import type { Group, Nodes } from '../groups/nodes.ts'
import { formatRunListItem, parseRunListItem, type RunListItem } from './run-list-item.ts'

/** A Chef role, with the members that a group decides. */
export interface Role {
  name: string
  description: string
  override_attributes: JsonObject
  default_attributes: JsonObject
  run_list: string[]
}

const prefix = 'role-'

/** The name of the role that a group's nodes run. */
export function roleNameOf(groupName: string): string {
  return prefix + groupName
}

/** The group that a role's name stands for, when nodes.json has it. */
export function groupOfRole(nodes: Nodes, roleName: string): Group | undefined {
  return roleName.startsWith(prefix) ? nodes.groups.get(roleName.slice(prefix.length)) : undefined
}

/** The final run list: `run_list`, then `post_run_list`, both merged. */
export function runListItems({ fields }: Group): RunListItem[] {
  return [...(fields.run_list ?? []), ...(fields.post_run_list ?? [])].map(parseRunListItem)
}

/** The role of a group, as roles/<group>.json holds it; every recipe with its full name. */
export function roleOf(group: Group): Role {
  return {
    name: roleNameOf(group.name),
    description: group.fields.description ?? '',
    override_attributes: group.fields.override_attributes ?? {},
    default_attributes: group.fields.default_attributes ?? {},
    run_list: runListItems(group).map(formatRunListItem),
  }
}
