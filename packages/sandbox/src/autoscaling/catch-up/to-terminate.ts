import type { Group } from '../groups/group.ts'
import { activeInstances } from '../groups/known-groups.ts'
import type { GroupInstance } from '../instances/group-instance.ts'

type Order = (a: GroupInstance, b: GroupInstance) => number

/**
 * The instances that a group scales in by: each time from the zone that has the most, then by the group's termination policies
 * (User Guide, "Configure termination policies"). Protected ones are left out, so that there may be fewer.
 */
export function toTerminate(group: Group, count: number): GroupInstance[] {
  const left = activeInstances(group)
  const chosen: GroupInstance[] = []
  while (chosen.length < count) {
    const candidates = left.filter(({ isProtected }) => !isProtected)
    const zone = fullestZone(left, candidates)
    const [first] = candidates.filter((each) => each.zone === zone).sort(orderOf(group))
    if (!first) break
    chosen.push(first)
    left.splice(left.indexOf(first), 1)
  }
  return chosen
}

function fullestZone(
  all: readonly GroupInstance[],
  candidates: readonly GroupInstance[],
): string | undefined {
  const zones = [...new Set(candidates.map(({ zone }) => zone))].sort()
  const sizeOf = (zone: string) => all.filter((each) => each.zone === zone).length
  return zones.reduce<string | undefined>(
    (fullest, zone) => (fullest === undefined || sizeOf(zone) > sizeOf(fullest) ? zone : fullest),
    undefined,
  )
}

function orderOf(group: Group): Order {
  const { terminationPolicies, launchTemplate } = group
  const isOutdated = ({ launchTemplate: { id, version } }: GroupInstance) =>
    id !== launchTemplate.id || (/^\d/.test(launchTemplate.version) && version !== launchTemplate.version)
  const byAge: Order = (a, b) => a.launchedAt - b.launchedAt
  const byTemplate: Order = (a, b) =>
    Number(isOutdated(b)) - Number(isOutdated(a)) ||
    Number(a.launchTemplate.version) - Number(b.launchTemplate.version)
  const orders: Readonly<Record<string, Order>> = {
    OldestInstance: byAge,
    NewestInstance: (a, b) => b.launchedAt - a.launchedAt,
    OldestLaunchTemplate: byTemplate,
    OldestLaunchConfiguration: byTemplate,
    ClosestToNextInstanceHour: byAge,
    Default: (a, b) => byTemplate(a, b) || byAge(a, b),
  }
  return (a, b) => {
    for (const policy of terminationPolicies) {
      const difference = orders[policy]?.(a, b) ?? 0
      if (difference !== 0) return difference
    }
    return a.instanceId < b.instanceId ? -1 : 1
  }
}
