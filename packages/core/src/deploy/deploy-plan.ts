import type { Group } from '../groups/nodes.ts'
import { nameOf } from '../instances/group-instances.ts'
import type { Instance } from '../ports/cloud/instances.ts'

/** Who of a group is deployed to, in which order. */
export interface GroupPlan {
  group: Group
  region: string
  instances: Instance[]
}

export interface Chosen {
  /** Only those of that Name. */
  name: string | undefined
  /** Only these. */
  ids: ReadonlySet<string> | undefined
}

/** Set by AWS on the instances of an autoscale group. */
const groupNameTag = 'aws:autoscaling:groupName'

/** Whether an autoscale group has launched it. */
export function isAutoscaled({ tags }: Instance): boolean {
  return tags[groupNameTag] !== undefined
}

/** The groups with those of their instances that run and are chosen, the oldest first; groups without any are left out. */
export function deployPlan(
  groups: readonly { group: Group; region: string; instances: readonly Instance[] }[],
  { name, ids }: Chosen,
): GroupPlan[] {
  const isMeant = (instance: Instance) =>
    instance.state === 'running' &&
    (name === undefined || nameOf(instance) === name) &&
    (ids === undefined || ids.has(instance.id))
  return groups
    .map(({ group, region, instances }) => ({
      group,
      region,
      instances: instances.filter(isMeant).sort(byAge),
    }))
    .filter(({ instances }) => instances.length > 0)
}

function byAge(a: Instance, b: Instance): number {
  return a.launchedAt + a.id < b.launchedAt + b.id ? -1 : 1
}
