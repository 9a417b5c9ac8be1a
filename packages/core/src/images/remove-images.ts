import { atOnce } from '../plan/at-once.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import type { Image, LeftSnapshot } from '../ports/cloud/images.ts'
import type { Report } from '../ports/report.ts'

/** Removals at the same time: AWS lets 5 a second through in the long run. */
const most = 4

/** Removes images with their snapshots. Snapshots that AWS leaves are a warning each, and are given. */
export async function removeImages(
  { cloud, report, group }: { cloud: Cloud; report: Report; group: string },
  images: readonly Image[],
): Promise<LeftSnapshot[]> {
  const left = (await atOnce(most, images, ({ id }) => cloud.deregisterImage(id))).flat()
  reportLeft(report, group, left)
  return left
}

export function reportLeft(report: Report, group: string, left: readonly LeftSnapshot[]): void {
  for (const { id, reason } of left) {
    const text = `${group}: ${id} is left: ${reason}; the next packer:clean tries it again`
    report({ level: 'warning', code: 'SNAPSHOT_LEFT', group, text, data: { id, reason } })
  }
}
