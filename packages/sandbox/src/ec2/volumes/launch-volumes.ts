import type { BlockDeviceMapping as MappingInput, TagSpecification } from '@aws-sdk/client-ec2'

import { missingParameter } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import type { Ec2State } from '../ec2-state.ts'
import type { Image } from '../images/image.ts'
import { completedSnapshot } from '../snapshots/known-snapshot.ts'
import type { BlockDeviceMapping } from './block-device.ts'
import { invalidMapping, mergeMappings } from './mappings.ts'
import { addVolume, encryptionOf } from './new-volume.ts'
import type { Volume } from './volume.ts'
import { volumeSettings } from './volume-types.ts'

export interface Launch {
  instanceId: string
  zone: string
  image: Image
  mappings: readonly MappingInput[] | undefined
  tagSpecifications: readonly TagSpecification[] | undefined
}

/**
 * Makes the volumes that an instance is launched with, attached to it: those of its image with the request's changes. Gives
 * their ids, the root volume's first. Throws AwsError for mappings that EC2 refuses.
 */
export function launchVolumes(scope: Scope, launch: Launch): string[] {
  const { image } = launch
  const mappings = mergeMappings(image.blockDevices, launch.mappings)
  const root = mappings.find(({ deviceName }) => deviceName === image.rootDeviceName)
  if (!root) throw invalidMapping(`The root device '${image.rootDeviceName}' must not be left out`)
  const others = mappings.filter((mapping) => mapping !== root)
  return [root, ...others].map((mapping) => launchVolume(scope, launch, mapping))
}

function launchVolume(scope: Scope, launch: Launch, mapping: BlockDeviceMapping): string {
  const { deviceName, ebs = { deleteOnTermination: true } } = mapping
  const source = sourceOf(scope, launch.image, mapping)
  const sizeGib = ebs.sizeGib ?? source?.sizeGib
  if (sizeGib === undefined) throw missingParameter('size or snapshotId')
  if (source && sizeGib < source.sizeGib) {
    throw invalidMapping(
      `Volume of size ${String(sizeGib)}GB is smaller than snapshot '${source.snapshotId}', expect size >= ${String(source.sizeGib)}GB`,
    )
  }
  const { type = 'gp2', iops, throughput } = ebs
  const volume = addVolume(
    scope,
    {
      zone: launch.zone,
      ...volumeSettings({
        type,
        sizeGib,
        ...(iops !== undefined && { iops }),
        ...(throughput !== undefined && { throughput }),
      }),
      ...encryptionOf(scope, ebs, source),
      ...(source && { snapshotId: source.snapshotId }),
      availableAt: scope.now,
      attachment: {
        instanceId: launch.instanceId,
        device: deviceName,
        deleteOnTermination: ebs.deleteOnTermination,
        attachedAt: scope.now,
        readyAt: scope.now,
      },
    },
    launch.tagSpecifications,
  )
  return volume.volumeId
}

interface Source {
  snapshotId: string
  sizeGib: number
  encrypted?: boolean
  kmsKeyId?: string
}

/** A public image lets everyone use its snapshots through it, though they are its owner's alone. */
function sourceOf(scope: Scope, image: Image, { deviceName, ebs }: BlockDeviceMapping): Source | undefined {
  if (ebs?.snapshotId === undefined) return undefined
  const ofImage = image.blockDevices.find((each) => each.deviceName === deviceName)?.ebs
  if (ofImage?.snapshotId !== ebs.snapshotId) return completedSnapshot(scope, ebs.snapshotId)
  const { snapshotId, sizeGib = 1, encrypted = false, kmsKeyId } = ofImage
  return { snapshotId, sizeGib, encrypted, ...(kmsKeyId !== undefined && { kmsKeyId }) }
}

/** At an instance's termination, which is done at that time: deletes the volumes that go with it, detaches the others. */
export function releaseVolumes(scope: Scope, instanceId: string, at: number): void {
  for (const volume of attachedVolumes(scope.state.ec2, instanceId)) {
    if (volume.attachment === undefined) continue
    volume.attachment.detachedAt = at
    if (volume.attachment.deleteOnTermination) volume.goneAt = at
  }
}

/** The instance's volumes, without those that it was told to give up. */
export function attachedVolumes(state: Ec2State, instanceId: string): Volume[] {
  return Object.values(state.volumes).filter(
    ({ attachment }) => attachment?.instanceId === instanceId && attachment.detachedAt === undefined,
  )
}
