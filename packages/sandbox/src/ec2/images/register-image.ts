import type { RegisterImageRequest, RegisterImageResult } from '@aws-sdk/client-ec2'

import { newId } from '../../account/ids.ts'
import { AwsError, invalidParameterValue, missingParameter } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { checkTaggedTypes } from '../tags/tags.ts'
import { knownSnapshot } from '../snapshots/known-snapshot.ts'
import type { BlockDeviceMapping } from '../volumes/block-device.ts'
import { invalidMapping, mergeMappings } from '../volumes/mappings.ts'
import { checkKeepsEncryption, settledDevice } from './image-devices.ts'
import { rootSnapshotId } from './image-disks.ts'
import type { Image } from './image.ts'
import { addImage, freeImageName } from './new-image.ts'
import { publishers } from './publishers.ts'

/** Makes an image of snapshots, available at once. Throws AwsError for one without a root snapshot. */
export function registerImage(input: RegisterImageRequest, scope: Scope): RegisterImageResult {
  const name = freeImageName(scope, input.Name)
  checkTaggedTypes(input.TagSpecifications, ['image'])
  const { rootDeviceName, blockDevices, rootSnapshot } = devicesOf(input, scope)
  const origin = originOf(scope, rootSnapshot)
  const { diskImageId, convergeFails } = imageWithRoot(scope, rootSnapshot) ?? {}
  const imageId = newId('ami')
  addImage(
    scope,
    {
      imageId,
      name,
      description: input.Description ?? '',
      architecture: architectureOf(input),
      rootDeviceName,
      blockDevices,
      user: origin?.user ?? publishers.canonical.user,
      platformDetails: 'Linux/UNIX',
      bootMode: input.BootMode ?? (input.Architecture === 'arm64' ? 'uefi' : 'legacy-bios'),
      ...(input.ImdsSupport === 'v2.0' && { imdsSupport: input.ImdsSupport }),
      availableAt: scope.now,
      ...(diskImageId !== undefined && { diskImageId }),
      ...(convergeFails && { convergeFails }),
    },
    input.TagSpecifications,
  )
  return { ImageId: imageId }
}

/** EC2's own default is i386, which no instance type of the sandbox runs. */
function architectureOf({ Architecture: architecture = 'x86_64' }: RegisterImageRequest) {
  if (architecture === 'x86_64' || architecture === 'arm64') return architecture
  throw invalidParameterValue(`Value (${architecture}) for parameter architecture is invalid.`)
}

function devicesOf(
  input: RegisterImageRequest,
  scope: Scope,
): { rootDeviceName: string; blockDevices: BlockDeviceMapping[]; rootSnapshot: string } {
  const { RootDeviceName: rootDeviceName, BlockDeviceMappings: wanted = [] } = input
  if (input.ImageLocation !== undefined) {
    throw new AwsError('UnsupportedOperation', 'The sandbox has no images that are stored in Amazon S3.')
  }
  if (rootDeviceName === undefined) throw missingParameter('RootDeviceName')
  for (const mapping of wanted) checkKeepsEncryption(mapping, mapping.Ebs?.SnapshotId !== undefined)
  const merged = mergeMappings([], wanted)
  const rootSnapshot = merged.find(({ deviceName }) => deviceName === rootDeviceName)?.ebs?.snapshotId
  if (rootSnapshot === undefined) throw invalidMapping('No root snapshot specified in device mapping.')
  const blockDevices = merged.map((mapping) => settledDevice(scope, mapping))
  return { rootDeviceName, blockDevices, rootSnapshot }
}

/** The image whose root volume the snapshot is of, by way of the volume if need be. */
function originOf(scope: Scope, snapshotId: string): Image | undefined {
  const direct = imageWithRoot(scope, snapshotId)
  if (direct) return direct
  const volume = scope.state.ec2.volumes[knownSnapshot(scope, snapshotId).volumeId]
  return volume?.snapshotId === undefined ? undefined : imageWithRoot(scope, volume.snapshotId)
}

function imageWithRoot(scope: Scope, snapshotId: string): Image | undefined {
  return Object.values(scope.state.ec2.images).find((image) => rootSnapshotId(image) === snapshotId)
}
