import { atOnce } from '../plan/at-once.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import type { Image, LeftSnapshot, Snapshot } from '../ports/cloud/images.ts'
import type { Report } from '../ports/report.ts'
import { deleteSnapshots } from './orphaned-snapshots.ts'

/** Removals at the same time: AWS lets 5 a second through in the long run. */
const most = 4

/** Where images are removed. */
interface RemovalSite {
  cloud: Cloud
  report: Report
  group: string
  /** All images that the project has there. */
  all: readonly Image[]
}

/**
 * Removes images with their snapshots. Snapshots that AWS leaves are a warning each, and are given; not those that another image of the
 * project needs, which go with that one.
 */
export async function removeImages(
  { cloud, report, group, all }: RemovalSite,
  images: readonly Image[],
): Promise<LeftSnapshot[]> {
  const skipped = (await atOnce(most, images, ({ id }) => cloud.deregisterImage(id))).flat()
  const going = new Set(images.map(({ id }) => id))
  const needed = new Set(all.filter(({ id }) => !going.has(id)).flatMap(({ snapshotIds }) => snapshotIds))
  const ids = new Set(skipped.map(({ id }) => id).filter((id) => !needed.has(id)))
  // Once more each: the last of the images that needed it is gone now, or AWS says what else does.
  const left = await deleteSnapshots(cloud, [...ids])
  reportLeft(report, group, left)
  return left
}

/** Removes snapshots whose images are gone. Those that AWS leaves are a warning each, and are given. */
export async function removeOrphans(
  { cloud, report, group }: Omit<RemovalSite, 'all'>,
  snapshots: readonly Snapshot[],
): Promise<LeftSnapshot[]> {
  const left = await deleteSnapshots(
    cloud,
    snapshots.map(({ id }) => id),
  )
  reportLeft(report, group, left)
  return left
}

function reportLeft(report: Report, group: string, left: readonly LeftSnapshot[]): void {
  for (const { id, reason } of left) {
    const text = `${group}: ${id} is left: ${reason}; the next packer:clean tries it again`
    report({ level: 'warning', code: 'SNAPSHOT_LEFT', group, text, data: { id, reason } })
  }
}
