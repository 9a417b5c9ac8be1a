import { buildTag } from '../images/image-tags.ts'
import type { Instance, InstanceState } from '../ports/cloud/instances.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import type { Tags } from '../ports/cloud/tags.ts'
import { type Owner, owns, ownerTags } from '../ownership.ts'

/** What all things of a group are tagged with. */
export function groupTags(owner: Owner, group: string): Tags {
  return { ...ownerTags(owner), group }
}

/** What the instances of one Name are tagged with, and their addresses. */
export function namedTags(owner: Owner, group: string, name: string): Tags {
  return { ...groupTags(owner, group), Name: name }
}

/**
 * The owner's instances that carry all these tags, in every state that AWS shows, without those that images are built on. One call
 * for each thousand.
 */
export async function ownedInstances(cloud: Cloud, owner: Owner, tags: Tags): Promise<Instance[]> {
  const found = await cloud.instances(tags)
  return found.filter((instance) => owns(owner, instance.tags) && instance.tags[buildTag] === undefined)
}

const endingStates: ReadonlySet<InstanceState> = new Set(['shutting-down', 'terminated'])

/** Whether it exists, running or not. */
export function isLive({ state }: Instance): boolean {
  return !endingStates.has(state)
}

export function nameOf({ tags }: Instance): string {
  return tags['Name'] ?? ''
}
