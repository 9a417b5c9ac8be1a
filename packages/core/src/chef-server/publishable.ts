import type { JsonObject } from '../groups/json.ts'
import type { ChefObjects } from '../ports/chef-server.ts'

/** An object as the Chef Server should have it. */
export interface Publishable {
  /** For people and in the record: `role role-web`, `data bag item users/admin`. */
  title: string
  name: string
  objects: ChefObjects
  wanted: JsonObject
  /** The server's copy without what servers add or write otherwise, so that it can be compared with `wanted`. */
  comparable(copy: JsonObject): JsonObject
  /** What differs, as lines; undefined is what does not exist yet. Values that may be secret are not in it. */
  difference(before: JsonObject | undefined, after: JsonObject): Promise<string>
}
