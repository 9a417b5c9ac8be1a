import type { ImageFilter } from '../groups/node-group.ts'
import type { Nodes } from '../groups/nodes.ts'
import { nameOf } from '../instances/group-instances.ts'
import { atOnce } from '../plan/at-once.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import type { Image } from '../ports/cloud/images.ts'
import type { ImageUses } from './plan-cleaning.ts'
import { templateUses, type ImageUse } from './template-uses.ts'

/** Questions about single images at the same time. */
const most = 8

/**
 * Why each of these images must stay: instances of the whole account, running or stopped, launch templates, groups of nodes.json that start from
 * it, by its id or as what their filter finds now, accounts that it is shared with (a call for each image, which a mere list can do without), its own protection.
 */
export async function imageUses(
  cloud: Cloud,
  nodes: Nodes,
  images: readonly Image[],
  asks: 'with sharing' | 'without sharing',
): Promise<ImageUses> {
  if (images.length === 0) return new Map()
  const uses = new Map(images.map((image) => [image.id, ownReasons(nodes, image)]))
  for (const [imageId, reason] of await filterUses(cloud, nodes, images)) uses.get(imageId)?.push(reason)
  const instances = await cloud.instancesOfImages(images.map(({ id }) => id))
  for (const instance of instances) {
    const name = nameOf(instance)
    uses
      .get(instance.imageId)
      ?.push(`instance ${instance.id}${name === '' ? '' : ` (${name})`}, ${instance.state}`)
  }
  for (const [imageId, reason] of await templateUses(cloud)) uses.get(imageId)?.push(reason)
  if (asks === 'without sharing') return uses
  // AWS tells of one image a call: only those are asked about that would go otherwise.
  const free = images.filter(({ id }) => uses.get(id)?.length === 0)
  await atOnce(most, free, async ({ id }) => {
    const accounts = await cloud.sharedWith(id)
    if (accounts.length > 0) uses.get(id)?.push(`shared with ${accounts.join(', ')}`)
  })
  return uses
}

/** What the filters of groups that start from images of this account find now. */
async function filterUses(cloud: Cloud, nodes: Nodes, images: readonly Image[]): Promise<ImageUse[]> {
  const accounts = new Set(['self', ...images.map(({ ownerId }) => ownerId)])
  const filters = new Map<string, { filter: ImageFilter; groups: string[] }>()
  for (const { name, fields } of nodes.groups.values()) {
    const filter = fields.source_ami
    if (typeof filter !== 'object' || !accounts.has(filter.owner)) continue
    const key = JSON.stringify([filter.owner, filter.name, filter.architecture])
    filters.set(key, { filter, groups: [...(filters.get(key)?.groups ?? []), name] })
  }
  const found = await atOnce(most, [...filters.values()], async ({ filter, groups }) => {
    const newest = await cloud.newestImage(filter)
    return newest === undefined ? [] : [[newest.id, `source_ami of ${groups.join(', ')}`] as const]
  })
  return found.flat()
}

function ownReasons(nodes: Nodes, { id, isPublic, isDeregistrationProtected }: Image): string[] {
  const groups = [...nodes.groups.values()].filter(({ fields }) => fields.source_ami === id)
  return [
    ...groups.map(({ name }) => `source_ami of ${name}`),
    ...(isPublic ? ['public'] : []),
    ...(isDeregistrationProtected ? ['protected against deregistration'] : []),
  ]
}
