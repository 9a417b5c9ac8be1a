import type { BlockDevice } from '../groups/node-group.ts'

/**
 * What Packer lets through: 1.6.6 and the plugin to 1.8.2 alike (builder/common/block_device.go); AWS has allowed more
 * since. It is no loss: the mapping of an image is a default, and every launch gives the group's own values.
 */
const packerLimits = { gp3Iops: 16_000, gp3Throughput: 1000, iops: 64_000, io2IopsPerGib: 500 }

/** gp3's baseline. Packer 1.6.6 does not know it, and refuses a gp3 volume that does not say it. */
const gp3Baseline = { iops: 3000, throughput: 125 }

/** A block device as the amazon-ebs builder takes it. */
export function packerBlockDevice(device: BlockDevice): object {
  return {
    device_name: device.device,
    ...(device.size_gib !== undefined && { volume_size: device.size_gib }),
    volume_type: device.type ?? 'gp3',
    ...performance(device),
    ...(device.encrypted !== undefined && { encrypted: device.encrypted }),
    ...(device.snapshot !== undefined && { snapshot_id: device.snapshot }),
    delete_on_termination: device.delete_on_termination ?? true,
  }
}

function performance({ type = 'gp3', iops, throughput, size_gib }: BlockDevice): object {
  if (type === 'gp3') {
    return {
      iops: Math.min(iops ?? gp3Baseline.iops, packerLimits.gp3Iops),
      throughput: Math.min(throughput ?? gp3Baseline.throughput, packerLimits.gp3Throughput),
    }
  }
  if (iops === undefined) return {}
  const forSize = type === 'io2' && size_gib !== undefined ? size_gib * packerLimits.io2IopsPerGib : iops
  return { iops: Math.min(iops, forSize, packerLimits.iops) }
}
