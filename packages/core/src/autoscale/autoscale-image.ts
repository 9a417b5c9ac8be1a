import { PackageError } from '../errors.ts'
import { imageTags } from '../images/image-tags.ts'
import { imageNamed } from '../images/source-image.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import type { Image } from '../ports/cloud/images.ts'

/** The image that a group starts from: the named one, else the newest that was built of it. Throws PackageError (conflict) without one. */
export async function autoscaleImage(
  cloud: Cloud,
  { group, project, ami }: { group: string; project: string; ami: string | undefined },
): Promise<Image> {
  if (ami !== undefined) return imageNamed(cloud, ami, '--ami')
  const built = await cloud.ownImages(imageTags(project, group))
  const newest = built.find(({ state }) => state === 'available')
  if (newest) return newest
  throw new PackageError('conflict', 'NO_IMAGE', `${group} has no image in ${cloud.region}`, {
    hint: `package packer:run ${group}, or name an --ami`,
  })
}
