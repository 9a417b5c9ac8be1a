import type { Image as ImageAnswer, ImageState } from '@aws-sdk/client-ec2'

import type { Scope } from '../../operation.ts'
import { tagList } from '../tags/tags.ts'
import { mappingAnswers } from '../volumes/mappings.ts'
import type { Image } from './image.ts'

/** An image as DescribeImages shows it. */
export function imageAnswer(scope: Scope, image: Image): ImageAnswer {
  const { imageId, description, imdsSupport, deprecationTime, ownerAlias } = image
  const { sourceInstanceId, source, failure } = image
  return {
    ImageId: imageId,
    Name: image.name,
    ...(description !== '' && { Description: description }),
    ImageLocation: imageLocation(image),
    ImageType: 'machine',
    State: imageStateOf(image, scope.now),
    ...(failure !== undefined && { StateReason: { Code: 'Client.ImageError', Message: failure } }),
    OwnerId: image.ownerId,
    ...(ownerAlias !== undefined && { ImageOwnerAlias: ownerAlias }),
    Public: image.isPublic,
    CreationDate: creationDate(image),
    Architecture: image.architecture,
    PlatformDetails: image.platformDetails,
    UsageOperation: 'RunInstances',
    RootDeviceType: 'ebs',
    RootDeviceName: image.rootDeviceName,
    BlockDeviceMappings: mappingAnswers(image.blockDevices),
    VirtualizationType: 'hvm',
    Hypervisor: 'xen',
    EnaSupport: true,
    SriovNetSupport: 'simple',
    BootMode: image.bootMode,
    ...(imdsSupport !== undefined && { ImdsSupport: imdsSupport }),
    ...(deprecationTime !== undefined && { DeprecationTime: deprecationTime }),
    DeregistrationProtection: image.deregistrationProtection?.state ?? 'disabled',
    ...(sourceInstanceId !== undefined && { SourceInstanceId: sourceInstanceId }),
    ...(source && { SourceImageId: source.imageId, SourceImageRegion: source.region }),
    ProductCodes: productCodeAnswers(image),
    Tags: tagList(scope, imageId),
  }
}

export function productCodeAnswers({ productCodes = [] }: Image) {
  return productCodes.map((code) => ({ ProductCodeId: code, ProductCodeType: 'marketplace' as const }))
}

export function imageStateOf({ availableAt, failure }: Image, now: number): ImageState {
  if (failure !== undefined) return 'failed'
  return now < availableAt ? 'pending' : 'available'
}

/** In ISO 8601, as answers and filters have it. */
export function creationDate({ createdAt }: Image): string {
  return new Date(createdAt).toISOString()
}

/** Its owner, or the alias of that, and its name. */
export function imageLocation({ ownerAlias, ownerId, name }: Image): string {
  return `${ownerAlias ?? ownerId}/${name}`
}
