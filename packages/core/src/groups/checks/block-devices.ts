import type { BlockDevice, NodeGroup } from '../node-group.ts'
import type { GroupFinding } from './group-finding.ts'

const typesWithIops: ReadonlySet<string> = new Set(['gp3', 'io1', 'io2'])

/** The rules of EC2's EbsBlockDevice: which type takes IOPS and throughput, and that a volume has a size or a snapshot. */
export function checkBlockDevices(fields: NodeGroup): GroupFinding[] {
  const seen = new Set<string>()
  return (fields.block_devices ?? []).flatMap((device, index) => {
    const texts = textsFor(device)
    if (seen.has(device.device))
      texts.push(`${device.device} is there twice after the merge with __base__; keep one`)
    seen.add(device.device)
    return texts.map((text) => ({ path: ['block_devices', index], text }))
  })
}

function textsFor({ device, size_gib, type = 'gp3', iops, throughput, snapshot }: BlockDevice): string[] {
  const texts: string[] = []
  if (size_gib === undefined && snapshot === undefined) texts.push(`${device} needs "size_gib" or "snapshot"`)
  if (iops !== undefined && !typesWithIops.has(type))
    texts.push(`${device}: a ${type} volume takes no "iops"`)
  if (iops === undefined && (type === 'io1' || type === 'io2'))
    texts.push(`${device}: a ${type} volume needs "iops"`)
  if (throughput !== undefined && type !== 'gp3')
    texts.push(`${device}: only a gp3 volume takes "throughput"`)
  return texts
}
