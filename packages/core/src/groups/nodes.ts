import type { NodeGroup } from './node-group.ts'
import type { SecurityGroup } from './security-group.ts'
import type { Settings } from './settings.ts'

/** A group of nodes.json together with what it inherits. */
export interface Group {
  readonly name: string
  /** As nodes.json writes it. */
  readonly own: NodeGroup
  /** Merged with `__base__`. */
  readonly fields: NodeGroup
}

/** The whole of a valid nodes.json. */
export interface Nodes {
  readonly settings: Settings
  readonly securityGroups: ReadonlyMap<string, SecurityGroup>
  readonly base: NodeGroup
  /** In the order of the file. */
  readonly groups: ReadonlyMap<string, Group>
}
