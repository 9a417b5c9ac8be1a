import { formatRunListItem, parseRunListItem } from '../chef/run-list-item.ts'
import { roleOf } from '../chef/role.ts'
import { isJsonObject, type Json, type JsonObject } from '../groups/json.ts'
import type { Group } from '../groups/nodes.ts'
import type { ChefServer } from '../ports/chef-server.ts'
import { canonicalJson } from './canonical-json.ts'
import type { Publishable } from './publishable.ts'

/** The role of a group, as the Chef Server should have it. */
export function publishableRole({ roles }: Pick<ChefServer, 'roles'>, group: Group): Publishable {
  const role = roleOf(group)
  const title = `role ${role.name}`
  return {
    title,
    name: role.name,
    objects: roles,
    wanted: comparableRole({ ...role, json_class: 'Chef::Role', chef_type: 'role', env_run_lists: {} }),
    comparable: comparableRole,
    difference: (before, after) => unifiedDiff(title, before, after),
  }
}

/** Servers write `recipe[sudo]` where a run list has `sudo`, and remove what stands in a run list twice. */
export function comparableRole(role: JsonObject): JsonObject {
  const runLists = isJsonObject(role['env_run_lists']) ? role['env_run_lists'] : {}
  return {
    ...role,
    run_list: comparableRunList(role['run_list']),
    env_run_lists: Object.fromEntries(
      Object.entries(runLists).map(([name, items]) => [name, comparableRunList(items)]),
    ),
  }
}

function comparableRunList(items: Json | undefined): Json {
  if (!Array.isArray(items)) return []
  return [...new Set(items.map((item) => (typeof item === 'string' ? comparableItem(item) : item)))]
}

function comparableItem(item: string): string {
  const bracketed = /^(recipe|role)\[.*\]$/.test(item) ? item : `recipe[${item}]`
  return formatRunListItem(parseRunListItem(bracketed))
}

async function unifiedDiff(
  title: string,
  before: JsonObject | undefined,
  after: JsonObject,
): Promise<string> {
  const { createTwoFilesPatch } = await import('diff')
  const patch = createTwoFilesPatch(
    before === undefined ? '/dev/null' : `Chef Server: ${title}`,
    `nodes.json: ${title}`,
    before === undefined ? '' : canonicalJson(before),
    canonicalJson(after),
    undefined,
    undefined,
    { context: 3 },
  )
  return patch.replace(/^=+\n/, '').trimEnd()
}
