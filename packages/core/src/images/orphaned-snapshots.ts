import type { Cloud } from '../ports/cloud/cloud.ts'
import type { Image, LeftSnapshot, Snapshot } from '../ports/cloud/images.ts'

/**
 * The snapshots whose image is not among these any more, as AWS refuses to delete some together with it. A snapshot that no image
 * was made of is somebody's own. AWS itself refuses to delete one that an image still needs.
 */
export function orphanedSnapshots(snapshots: readonly Snapshot[], images: readonly Image[]): Snapshot[] {
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

/** Deletes snapshots, and gives those that AWS refuses to. */
export async function deleteSnapshots(cloud: Cloud, ids: readonly string[]): Promise<LeftSnapshot[]> {
  const left: LeftSnapshot[] = []
  for (const id of ids) {
    const reason = await cloud.deleteSnapshot(id)
    if (reason !== undefined) left.push({ id, reason })
  }
  return left
}
