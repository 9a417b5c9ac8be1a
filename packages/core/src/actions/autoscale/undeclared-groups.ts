import type { CloudCall } from '../../action.ts'
import type { Group } from '../../groups/nodes.ts'
import { ownerOf, owns, ownerTags } from '../../ownership.ts'

/** A group that runs, and has no autoscale group in nodes.json (any more). */
export interface UndeclaredGroup {
  group: string
  region: string
  /** The names of its autoscale groups. */
  versions: string[]
}

/** Those of the project, in the regions that its groups are in. Throws PackageError: those of the cloud. */
export async function undeclaredGroups(
  { nodes, environment, clouds }: CloudCall,
  declared: readonly Group[],
): Promise<UndeclaredGroup[]> {
  const owner = ownerOf(nodes.settings, environment)
  const placed = [...nodes.groups.values()].filter(({ fields }) => fields.region !== undefined)
  const regions = [...new Set([...declared, ...placed].map((group) => clouds.regionOf(group)))]
  const found = await Promise.all(
    regions.map(async (region) => {
      const known = new Set(
        declared.filter((group) => clouds.regionOf(group) === region).map(({ name }) => name),
      )
      const groups = await clouds.in(region).scalingGroupsTagged(ownerTags(owner))
      const versions = new Map<string, string[]>()
      for (const { name, tags } of groups) {
        const { group } = tags
        if (group === undefined || known.has(group) || !owns(owner, tags)) continue
        versions.set(group, [...(versions.get(group) ?? []), name])
      }
      return [...versions].map(([group, names]) => ({ group, region, versions: names.sort() }))
    }),
  )
  return found.flat()
}

/** For people, with what to do. */
export function undeclaredLine({ group, region, versions }: UndeclaredGroup): string {
  return `${group}: ${versions.join(', ')} runs in ${region}, and nodes.json has no autoscale group ${group} there; put it back, and package autoscale:delete ${group} takes it down`
}
