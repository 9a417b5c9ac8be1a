import type { BlockDevice, NodeGroup } from '../node-group.ts'
import type { GroupFinding } from './group-finding.ts'

/** Per volume type: the bounds of IOPS, and how many a GiB gives (EC2 user guide, "Amazon EBS volume types"). */
const iopsOf: Readonly<Record<string, { least: number; most: number; perGib: number }>> = {
  gp3: { least: 3000, most: 80_000, perGib: 500 },
  io1: { least: 100, most: 64_000, perGib: 50 },
  io2: { least: 100, most: 256_000, perGib: 1000 },
}

/** In GiB; every other type begins at 1. */
const leastSize: Readonly<Record<string, number>> = { io1: 4, io2: 4, st1: 125, sc1: 125 }

/** gp3 gives at most so many MiB/s for each of its IOPS. */
const throughputPerIops = 0.25

/** The rules of EC2's EbsBlockDevice: which type takes IOPS and throughput, and that a volume has a size or a snapshot. */
export function checkBlockDevices(fields: NodeGroup): GroupFinding[] {
  const seen = new Set<string>()
  return (fields.block_devices ?? []).flatMap((device, index) => {
    const texts = textsFor(device)
    if (seen.has(device.device)) {
      texts.push(`${device.device} is there twice after the merge with __base__; keep one`)
    }
    seen.add(device.device)
    return texts.map((text) => ({ path: ['block_devices', index], text }))
  })
}

function textsFor(device: BlockDevice): string[] {
  const { device: name, type = 'gp3', iops, throughput } = device
  const texts = sizeTexts(device)
  if (iops !== undefined) texts.push(...iopsTexts(device, iops))
  else if (type === 'io1' || type === 'io2') texts.push(`${name}: the type ${type} needs "iops"`)
  if (throughput === undefined) return texts
  const needed = throughput / throughputPerIops
  if (type !== 'gp3') texts.push(`${name}: only a gp3 volume takes "throughput"`)
  else if (needed > (iops ?? 3000)) {
    texts.push(`${name}: a throughput of ${String(throughput)} needs ${String(needed)} "iops"`)
  }
  return texts
}

function sizeTexts({ device, type = 'gp3', size_gib, snapshot }: BlockDevice): string[] {
  const hasSource = size_gib !== undefined || snapshot !== undefined
  if (!hasSource) return [`${device} needs "size_gib" or "snapshot"`]
  const least = leastSize[type] ?? 1
  return size_gib !== undefined && size_gib < least
    ? [`${device}: the type ${type} has at least ${String(least)} GiB`]
    : []
}

function iopsTexts({ device, type = 'gp3', size_gib }: BlockDevice, iops: number): string[] {
  const bounds = iopsOf[type]
  if (bounds === undefined) return [`${device}: the type ${type} takes no "iops"`]
  const { least, most, perGib } = bounds
  if (iops < least || iops > most) {
    return [`${device}: the iops of the type ${type} are between ${String(least)} and ${String(most)}`]
  }
  if (size_gib === undefined || iops <= Math.max(size_gib * perGib, least)) return []
  return [`${device}: ${String(size_gib)} GiB of ${type} give at most ${String(size_gib * perGib)} iops`]
}
