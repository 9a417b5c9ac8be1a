import type { GroupSetting } from '../ports/cloud/scaling-groups.ts'
import type { Fleet } from './fleet.ts'

/** What a plan is made from beside the versions. */
export interface Ground {
  fleet: Fleet
  /** What each version does by itself, by the name of its autoscale group. */
  settings: ReadonlyMap<string, readonly GroupSetting[]>
  /** The names of the alarms that are the group's own. */
  alarms: readonly string[]
  /** The target groups of somebody else that versions are attached to. */
  foreignTargetGroupArns: readonly string[]
  /** The name that a version of that number has. */
  nameOf: (number: number) => string
}
