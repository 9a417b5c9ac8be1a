import type { CopyImageRequest, CopyImageResult, TagSpecification } from '@aws-sdk/client-ec2'

import { once } from '../../account/idempotency.ts'
import { newId } from '../../account/ids.ts'
import { missingParameter } from '../../aws-error.ts'
import { newRegionState } from '../../account/new-region-state.ts'
import type { Scope } from '../../operation.ts'
import { addSnapshot } from '../snapshots/new-snapshot.ts'
import { checkTaggedTypes, tagsOf } from '../tags/tags.ts'
import type { BlockDeviceMapping } from '../volumes/block-device.ts'
import { encryptionOf } from '../volumes/new-volume.ts'
import type { Image } from './image.ts'
import { launchableImage } from './launchable-image.ts'
import { addImage, availableLater, freeImageName } from './new-image.ts'

/** What snapshots name as their volume that were copied, not made of one. */
const volumeOfCopies = 'vol-ffffffff'

/** Copies an image into this region, without its launch permissions (EC2 API Reference, CopyImage). */
export function copyImage(input: CopyImageRequest, scope: Scope): CopyImageResult {
  const tokens = (scope.state.ec2.tokens['CopyImage'] ??= {})
  return { ImageId: once(tokens, input.ClientToken, input, () => copy(input, scope)) }
}

function copy(input: CopyImageRequest, scope: Scope): string {
  const { SourceRegion: region } = input
  if (region === undefined) throw missingParameter('SourceRegion')
  if (input.SourceImageId === undefined) throw missingParameter('SourceImageId')
  const name = freeImageName(scope, input.Name)
  checkTaggedTypes(input.TagSpecifications, ['image', 'snapshot'])
  const there = scopeOf(scope, region)
  const source = launchableImage(there, input.SourceImageId)
  const imageId = newId('ami')
  const copied = input.CopyImageTags === true ? tagsOfImage(there, source) : []
  const tags = [...copied, ...(input.TagSpecifications ?? [])]
  addImage(
    scope,
    {
      imageId,
      name,
      description: input.Description ?? `[Copied ${source.imageId} from ${region}] ${source.name}`,
      architecture: source.architecture,
      rootDeviceName: source.rootDeviceName,
      blockDevices: source.blockDevices.map((mapping) =>
        copiedDevice(scope, mapping, { input, tags, source, imageId }),
      ),
      user: source.user,
      platformDetails: source.platformDetails,
      bootMode: source.bootMode,
      ...(source.imdsSupport && { imdsSupport: source.imdsSupport }),
      ...(source.productCodes && { productCodes: source.productCodes }),
      availableAt: availableLater(scope),
      source: { imageId: source.imageId, region },
      ...(source.diskImageId !== undefined && { diskImageId: source.diskImageId }),
      ...(source.convergeFails && { convergeFails: true }),
    },
    tags,
  )
  return imageId
}

/** The account in another region; one that nothing was done in yet has its public images too. */
function scopeOf(scope: Scope, region: string): Scope {
  const { regions } = scope.account
  const known = Object.hasOwn(regions, region) ? regions[region] : undefined
  const state = known ?? newRegionState(region, [], scope.now)
  return { ...scope, region, state }
}

function tagsOfImage(scope: Scope, { imageId }: Image): TagSpecification[] {
  const tags = Object.entries(tagsOf(scope, imageId)).map(([Key, Value]) => ({ Key, Value }))
  return [{ ResourceType: 'image', Tags: tags }]
}

interface Copy {
  input: CopyImageRequest
  tags: readonly TagSpecification[]
  source: Image
  imageId: string
}

/** A device with a copy of its snapshot. A key is of one region: what stays encrypted takes the default one of its own. */
function copiedDevice(
  scope: Scope,
  mapping: BlockDeviceMapping,
  { input, tags, source, imageId }: Copy,
): BlockDeviceMapping {
  const { deviceName, ebs } = mapping
  if (ebs?.snapshotId === undefined) return mapping
  const { kmsKeyId: _kmsKeyId, sizeGib = 1, ...rest } = ebs
  const encryption = encryptionOf(
    scope,
    { encrypted: input.Encrypted, kmsKeyId: input.KmsKeyId },
    { encrypted: ebs.encrypted },
  )
  const { snapshotId } = addSnapshot(
    scope,
    {
      volumeId: volumeOfCopies,
      sizeGib,
      description: `Copied for DestinationAmi ${imageId} from SourceAmi ${source.imageId} for SourceSnapshot ${ebs.snapshotId}. Task created on ${scope.now.toLocaleString('en-US')}.`,
      ...encryption,
    },
    tags,
  )
  return { deviceName, ebs: { ...rest, sizeGib, ...encryption, snapshotId } }
}
