import type { JsonObject } from '../groups/json.ts'
import type { Group, Nodes } from '../groups/nodes.ts'
import { deepMergeAttributes } from './deep-merge-attributes.ts'
import { groupOfRole, roleNameOf, roleOf, runListItems } from './role.ts'
import type { RunListItem } from './run-list-item.ts'

/** What Chef makes of a group's role. */
export interface ExpandedRole {
  /** Every recipe once, in the order it runs: `cookbook::recipe` or `cookbook::recipe@version`. */
  recipes: string[]
  /** Every role that took part, in the order it was met. */
  roles: string[]
  default_attributes: JsonObject
  override_attributes: JsonObject
  /** Roles of the run list that no group of nodes.json makes; what they would add is not in here. */
  foreign_roles: string[]
  /** Recipes asked for in two versions; Chef refuses to run such a list. */
  version_conflicts: string[]
}

/**
 * Expands the role of a group as Chef does (Chef::RunList::RunListExpansion): depth first, each role and each recipe
 * once, where it is first met; the attributes of a nested role lie under those of the role that names it.
 */
export function expandRole(nodes: Nodes, group: Group): ExpandedRole {
  const expansion = new Expansion(nodes)
  expansion.addRole(roleNameOf(group.name), group)
  return expansion.result()
}

class Expansion {
  readonly #nodes: Nodes
  readonly #roles = new Set<string>()
  readonly #recipes = new Map<string, string | undefined>()
  readonly #foreignRoles = new Set<string>()
  readonly #versionConflicts: string[] = []
  #default: JsonObject = {}
  #override: JsonObject = {}

  constructor(nodes: Nodes) {
    this.#nodes = nodes
  }

  addRole(roleName: string, group: Group | undefined): void {
    if (group === undefined) this.#foreignRoles.add(roleName)
    if (group === undefined || this.#roles.has(roleName)) return
    this.#roles.add(roleName)
    const role = roleOf(group)
    for (const item of runListItems(group)) this.#addItem(item)
    this.#default = deepMergeAttributes(this.#default, role.default_attributes)
    this.#override = deepMergeAttributes(this.#override, role.override_attributes)
  }

  result(): ExpandedRole {
    return {
      recipes: [...this.#recipes].map(([name, version]) =>
        version === undefined ? name : `${name}@${version}`,
      ),
      roles: [...this.#roles],
      default_attributes: this.#default,
      override_attributes: this.#override,
      foreign_roles: [...this.#foreignRoles],
      version_conflicts: this.#versionConflicts,
    }
  }

  #addItem(item: RunListItem): void {
    if (item.type === 'role') this.addRole(item.name, groupOfRole(this.#nodes, item.name))
    else this.#addRecipe(`${item.cookbook}::${item.recipe}`, item.version)
  }

  #addRecipe(name: string, version: string | undefined): void {
    const earlier = this.#recipes.get(name)
    if (earlier !== undefined && version !== undefined && threeParts(earlier) !== threeParts(version)) {
      this.#versionConflicts.push(`${name} is asked for in version ${earlier} and in ${version}`)
    }
    this.#recipes.set(name, version ?? earlier)
  }
}

/** Chef takes 1.2 and 1.2.0 for the same version, and 1.02 for 1.2. */
function threeParts(version: string): string {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  return [major, minor, patch].join('.')
}
