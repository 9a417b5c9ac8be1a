import { PackageError } from '../errors.ts'
import type { Group } from '../groups/nodes.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import type { Image } from '../ports/cloud/images.ts'

/** The image that a group's source_ami names, now. Throws PackageError (config) where there is none. */
export async function sourceImage(cloud: Cloud, { name, fields }: Group): Promise<Image> {
  const { source_ami: source } = fields
  if (source === undefined) throw noImage(`${name} has no source_ami`)
  if (typeof source === 'string') return imageNamed(cloud, source, 'source_ami')
  const image = await cloud.newestImage(source)
  if (image) return image
  throw noImage(
    `no image of ${source.owner} in ${cloud.region} is named ${JSON.stringify(source.name)}, as source_ami of ${name} asks`,
  )
}

/** The image with that id; `origin` is who names it. Throws PackageError: config where there is none, conflict while it is not ready. */
export async function imageNamed(cloud: Cloud, id: string, origin: string): Promise<Image> {
  const image = await cloud.image(id)
  if (image === undefined) throw noImage(`there is no image ${id} in ${cloud.region} (${origin})`)
  if (image.state === 'available') return image
  throw new PackageError('conflict', 'IMAGE_NOT_READY', `image ${id} is ${image.state}, not available`, {
    hint: 'wait until it is available, or name another',
  })
}

function noImage(message: string): PackageError {
  return new PackageError('config', 'NO_IMAGE', message, {
    hint: 'correct source_ami in nodes.json, or name an image of this region with --ami',
  })
}
