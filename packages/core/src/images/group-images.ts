import type { Group } from '../groups/nodes.ts'
import { atOnce } from '../plan/at-once.ts'
import type { Cloud, Clouds } from '../ports/cloud/cloud.ts'
import type { Image } from '../ports/cloud/images.ts'

/** The images of some groups in one region. */
export interface RegionImages {
  cloud: Cloud
  groups: Group[]
  /** Of these groups only, by group. */
  images: ReadonlyMap<string, readonly Image[]>
  /** Of the whole project. */
  all: readonly Image[]
}

/** Regions asked at the same time. */
const most = 8

/** All images of these groups that the project has made, newest first; AWS is asked once for each region. */
export async function imagesOfGroups(
  clouds: Clouds,
  project: string,
  groups: readonly Group[],
): Promise<RegionImages[]> {
  const byRegion = new Map<string, Group[]>()
  for (const group of groups) {
    const region = clouds.regionOf(group)
    byRegion.set(region, [...(byRegion.get(region) ?? []), group])
  }
  return atOnce(most, [...byRegion], async ([region, members]) => {
    const cloud = clouds.in(region)
    const all = await cloud.ownImages({ 'package:project': project })
    const images = new Map(
      members.map(({ name }) => [name, all.filter(({ tags }) => tags['group'] === name)] as const),
    )
    return { cloud, groups: members, images, all }
  })
}
