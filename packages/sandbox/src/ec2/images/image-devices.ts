import type { BlockDeviceMapping as MappingInput } from '@aws-sdk/client-ec2'

import { missingParameter } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { completedSnapshot } from '../snapshots/known-snapshot.ts'
import type { Snapshot } from '../snapshots/snapshot.ts'
import type { BlockDeviceMapping } from '../volumes/block-device.ts'
import { invalidMapping } from '../volumes/mappings.ts'
import { volumeSettings, type VolumeSettings } from '../volumes/volume-types.ts'

type Ebs = NonNullable<BlockDeviceMapping['ebs']>

/**
 * A device that a request gives a new image, with what its snapshot and its volume type add. Throws AwsError for a snapshot
 * that is not there yet, and for a size or speed that EC2 refuses.
 */
export function settledDevice(scope: Scope, mapping: BlockDeviceMapping): BlockDeviceMapping {
  const { deviceName, ebs } = mapping
  if (!ebs) return mapping
  const source = ebs.snapshotId === undefined ? undefined : completedSnapshot(scope, ebs.snapshotId)
  const { kmsKeyId: _kmsKeyId, ...rest } = ebs
  const { encrypted = false, kmsKeyId } = source ?? ebs
  return {
    deviceName,
    ebs: {
      ...rest,
      ...settingsOf(ebs, sizeOf(ebs, source)),
      encrypted,
      ...(kmsKeyId !== undefined && { kmsKeyId }),
    },
  }
}

function sizeOf({ sizeGib: wanted }: Ebs, source: Snapshot | undefined): number {
  const sizeGib = wanted ?? source?.sizeGib
  if (sizeGib === undefined) throw missingParameter('size or snapshotId')
  if (source && sizeGib < source.sizeGib) {
    throw invalidMapping(
      `Volume of size ${String(sizeGib)}GB is smaller than snapshot '${source.snapshotId}', expect size >= ${String(source.sizeGib)}GB`,
    )
  }
  return sizeGib
}

function settingsOf({ type = 'gp2', iops, throughput }: Ebs, sizeGib: number): VolumeSettings {
  const settings = volumeSettings({
    type,
    sizeGib,
    ...(iops !== undefined && { iops }),
    ...(throughput !== undefined && { throughput }),
  })
  // An image says nothing of the IOPS of gp2, which follow from the size.
  return type === 'gp2' ? { type, sizeGib } : settings
}

/** EC2 API Reference, RegisterImage: what is made of a snapshot is encrypted as that is. */
export function checkKeepsEncryption(
  { DeviceName: device, Ebs: ebs }: MappingInput,
  hasSnapshot: boolean,
): void {
  if (!hasSnapshot || ebs?.Encrypted === undefined) return
  throw invalidMapping(
    `the encrypted flag cannot be specified since device ${device ?? ''} has a snapshot specified.`,
  )
}
