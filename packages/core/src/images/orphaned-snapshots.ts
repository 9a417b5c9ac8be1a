import type { Cloud } from '../ports/cloud/cloud.ts'
import type { LeftSnapshot, Snapshot } from '../ports/cloud/images.ts'
import type { Tags } from '../ports/cloud/tags.ts'

/**
 * Snapshots with these tags whose image is gone, as AWS refuses to delete some together with it. A snapshot that no image was made
 * of is somebody's own.
 */
export async function orphanedSnapshots(cloud: Cloud, tags: Tags): Promise<Snapshot[]> {
  const snapshots = await cloud.ownSnapshots(tags)
  if (snapshots.length === 0) return []
  const images = await cloud.ownImages({})
  const known = new Set(images.map(({ id }) => id))
  const inUse = new Set(images.flatMap(({ snapshotIds }) => snapshotIds))
  return snapshots.filter(({ id, description }) => {
    const imageId = imageOf(description)
    return imageId !== undefined && !known.has(imageId) && !inUse.has(id)
  })
}

/** AWS writes "Created by CreateImage(i-…) for ami-…" and "Copied for DestinationAmi ami-… from SourceAmi ami-…". */
function imageOf(description: string): string | undefined {
  return /\bfor (?:DestinationAmi )?(ami-[0-9a-f]+)/.exec(description)?.[1]
}

/** Deletes them, and gives those that AWS still refuses to. */
export async function deleteSnapshots(cloud: Cloud, snapshots: readonly Snapshot[]): Promise<LeftSnapshot[]> {
  const left: LeftSnapshot[] = []
  for (const { id } of snapshots) {
    const reason = await cloud.deleteSnapshot(id)
    if (reason !== undefined) left.push({ id, reason })
  }
  return left
}
