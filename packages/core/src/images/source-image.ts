import { PackageError } from '../errors.ts'
import type { Group } from '../groups/nodes.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import type { Image } from '../ports/cloud/images.ts'

/** The image that a group's source_ami names, now. Throws PackageError (config) where there is none. */
export async function sourceImage(cloud: Cloud, { name, fields }: Group): Promise<Image> {
  const { source_ami: source } = fields
  if (source === undefined) throw noImage(`${name} has no source_ami`, 'source_ami')
  if (typeof source === 'string') return imageNamed(cloud, source, 'source_ami')
  const image = await cloud.newestImage(source)
  if (image) return image
  throw noImage(
    `no image of ${source.owner} in ${cloud.region} is named ${JSON.stringify(source.name)}, as source_ami of ${name} asks`,
    'source_ami',
  )
}

type Origin = 'source_ami' | '--ami'

/** The image with that id; `origin` is what names it. Throws PackageError: config where there is none, conflict while it is not ready. */
export async function imageNamed(cloud: Cloud, id: string, origin: Origin): Promise<Image> {
  const image = await cloud.image(id)
  if (image === undefined) throw noImage(`there is no image ${id} in ${cloud.region} (${origin})`, origin)
  if (image.state === 'available') return image
  throw new PackageError('conflict', 'IMAGE_NOT_READY', `image ${id} is ${image.state}, not available`, {
    hint: 'wait until it is available, or name another',
  })
}

const hints: Record<Origin, string> = {
  source_ami: 'correct source_ami in nodes.json, or name an image of this region with --ami',
  '--ami': 'name an image of this region: package packer:list shows those that were built',
}

function noImage(message: string, origin: Origin): PackageError {
  return new PackageError('config', 'NO_IMAGE', message, { hint: hints[origin] })
}
