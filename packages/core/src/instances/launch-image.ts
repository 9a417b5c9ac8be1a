import { PackageError } from '../errors.ts'
import type { Group } from '../groups/nodes.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import type { Image } from '../ports/cloud/images.ts'

export interface LaunchImage {
  image: Image
  /** Why this one, in words. */
  origin: string
}

/**
 * The image that a group's instances are launched from: the named one, else the newest that was built of the group (the
 * environments of a project share their images), else what its source_ami names.
 * Throws PackageError (config) where there is none.
 */
export async function launchImage(
  cloud: Cloud,
  { group, project, ami }: { group: Group; project: string; ami: string | undefined },
): Promise<LaunchImage> {
  if (ami !== undefined) return { image: await imageNamed(cloud, ami, '--ami'), origin: 'named by --ami' }
  const built = await cloud.ownImages({ 'package:project': project, group: group.name })
  const newest = built.find(({ state }) => state === 'available')
  if (newest) return { image: newest, origin: 'the newest that was built of the group' }
  const { source_ami: source } = group.fields
  if (source === undefined) throw noImage(`${group.name} has no image and no source_ami`)
  if (typeof source === 'string') {
    return { image: await imageNamed(cloud, source, 'source_ami'), origin: 'source_ami: none is built yet' }
  }
  const image = await cloud.newestImage(source)
  if (image) return { image, origin: 'the newest of source_ami: none is built yet' }
  throw noImage(
    `no image of ${source.owner} in ${cloud.region} is named ${JSON.stringify(source.name)}, as source_ami of ${group.name} asks`,
  )
}

async function imageNamed(cloud: Cloud, id: string, origin: string): Promise<Image> {
  const image = await cloud.image(id)
  if (image === undefined) throw noImage(`there is no image ${id} in ${cloud.region} (${origin})`)
  if (image.state === 'available') return image
  throw new PackageError('conflict', 'IMAGE_NOT_READY', `image ${id} is ${image.state}, not available`, {
    hint: 'wait until it is available, or name another with --ami',
  })
}

function noImage(message: string): PackageError {
  return new PackageError('config', 'NO_IMAGE', message, {
    hint: 'correct source_ami in nodes.json, or name an image of this region with --ami',
  })
}
