import type { Group } from '../groups/nodes.ts'
import { imageTags } from '../images/image-tags.ts'
import { imageNamed, sourceImage } from '../images/source-image.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import type { Image } from '../ports/cloud/images.ts'

export interface LaunchImage {
  image: Image
  /** Why this one, in words. */
  origin: string
}

/**
 * The image that a group's instances are launched from: the named one, else the newest that was built of the group, else what its
 * source_ami names. Throws PackageError (config) where there is none.
 */
export async function launchImage(
  cloud: Cloud,
  { group, project, ami }: { group: Group; project: string; ami: string | undefined },
): Promise<LaunchImage> {
  if (ami !== undefined) return { image: await imageNamed(cloud, ami, '--ami'), origin: 'named by --ami' }
  const built = await cloud.ownImages(imageTags(project, group.name))
  const newest = built.find(({ state }) => state === 'available')
  if (newest) return { image: newest, origin: 'the newest that was built of the group' }
  return { image: await sourceImage(cloud, group), origin: 'source_ami: none is built yet' }
}
