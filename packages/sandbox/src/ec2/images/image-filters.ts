import type { FilterValues } from '../../account/filters.ts'
import type { BlockDeviceMapping } from '../volumes/block-device.ts'
import type { Image } from './image.ts'
import { creationDate, imageLocation, imageStateOf } from './image-answer.ts'

type Ebs = NonNullable<BlockDeviceMapping['ebs']>

/** What an image answers to the filters of DescribeImages (EC2 API Reference, DescribeImages). */
export function imageFilters(now: number): FilterValues<Image> {
  return {
    architecture: ({ architecture }) => architecture,
    'block-device-mapping.delete-on-termination': ofEbs(({ deleteOnTermination }) => deleteOnTermination),
    'block-device-mapping.device-name': ({ blockDevices }) => blockDevices.map((each) => each.deviceName),
    'block-device-mapping.encrypted': ofEbs(({ encrypted }) => encrypted ?? false),
    'block-device-mapping.snapshot-id': ofEbs(({ snapshotId }) => snapshotId),
    'block-device-mapping.volume-size': ofEbs(({ sizeGib }) => sizeGib),
    'block-device-mapping.volume-type': ofEbs(({ type }) => type),
    'boot-mode': ({ bootMode }) => bootMode,
    'creation-date': creationDate,
    description: ({ description }) => description,
    'ena-support': () => 'true',
    hypervisor: () => 'xen',
    'image-allowed': () => 'true',
    'image-id': ({ imageId }) => imageId,
    'image-type': () => 'machine',
    'is-public': ({ isPublic }) => String(isPublic),
    'kernel-id': () => undefined,
    'manifest-location': imageLocation,
    name: ({ name }) => name,
    'owner-alias': ({ ownerAlias }) => ownerAlias,
    'owner-id': ({ ownerId }) => ownerId,
    // Only images of Windows have one.
    platform: () => undefined,
    'product-code': ({ productCodes }) => productCodes,
    'product-code.type': ({ productCodes = [] }) => productCodes.map(() => 'marketplace'),
    'ramdisk-id': () => undefined,
    'root-device-name': ({ rootDeviceName }) => rootDeviceName,
    'root-device-type': () => 'ebs',
    'source-image-id': ({ source }) => source?.imageId,
    'source-image-region': ({ source }) => source?.region,
    'source-instance-id': ({ sourceInstanceId }) => sourceInstanceId,
    'sriov-net-support': () => 'simple',
    state: (image) => imageStateOf(image, now),
    'state-reason-code': () => undefined,
    'state-reason-message': ({ failure }) => failure,
    'virtualization-type': () => 'hvm',
  }
}

/** A value of each of its EBS volumes, where they have it. */
function ofEbs(value: (ebs: Ebs) => string | number | boolean | undefined): (image: Image) => string[] {
  return ({ blockDevices }) =>
    blockDevices.flatMap(({ ebs }) => {
      const each = ebs && value(ebs)
      return each === undefined ? [] : [String(each)]
    })
}
