import type { BlockDeviceMapping as MappingInput, EbsBlockDevice, VolumeType } from '@aws-sdk/client-ec2'

import { AwsError, missingParameter } from '../../aws-error.ts'
import type { BlockDeviceMapping } from './block-device.ts'

type Ebs = NonNullable<BlockDeviceMapping['ebs']>

/**
 * An image's devices with what a request says of them: it changes single values of a device that the image has, adds
 * others, and leaves out those with NoDevice (EC2 User Guide, "Block device mappings"). Throws AwsError
 * (InvalidBlockDeviceMapping) for a device that is named twice.
 */
export function mergeMappings(
  ofImage: readonly BlockDeviceMapping[],
  wanted: readonly MappingInput[] | undefined,
): BlockDeviceMapping[] {
  const merged = new Map(ofImage.map((mapping) => [mapping.deviceName, mapping]))
  const named = new Set<string>()
  for (const mapping of wanted ?? []) {
    const { DeviceName: deviceName, NoDevice: noDevice, Ebs: ebs } = mapping
    if (deviceName === undefined || deviceName === '') throw missingParameter('deviceName')
    if (named.has(deviceName)) {
      throw invalidMapping(`The device '${deviceName}' is used in more than one block-device mapping`)
    }
    named.add(deviceName)
    if (noDevice !== undefined && ebs) {
      throw invalidMapping(`The device '${deviceName}' has both NoDevice and an EBS volume`)
    }
    if (noDevice !== undefined) merged.set(deviceName, { deviceName, isSuppressed: true })
    // A mapping without Ebs is of an instance store, which the types of the sandbox do not have: AWS ignores it then.
    else if (ebs) merged.set(deviceName, { deviceName, ebs: mergeEbs(merged.get(deviceName)?.ebs, ebs) })
  }
  return [...merged.values()].filter(({ isSuppressed }) => isSuppressed !== true)
}

function mergeEbs(ofImage: Ebs | undefined, wanted: EbsBlockDevice): Ebs {
  const isOtherType = wanted.VolumeType !== undefined && wanted.VolumeType !== ofImage?.type
  const { iops: _iops, throughput: _throughput, ...rest } = ofImage ?? { deleteOnTermination: true }
  return {
    ...(isOtherType ? rest : (ofImage ?? rest)),
    ...(wanted.SnapshotId !== undefined && { snapshotId: wanted.SnapshotId }),
    ...(wanted.VolumeSize !== undefined && { sizeGib: wanted.VolumeSize }),
    ...(wanted.VolumeType !== undefined && { type: wanted.VolumeType }),
    ...(wanted.Iops !== undefined && { iops: wanted.Iops }),
    ...(wanted.Throughput !== undefined && { throughput: wanted.Throughput }),
    ...(wanted.Encrypted !== undefined && { encrypted: wanted.Encrypted }),
    ...(wanted.KmsKeyId !== undefined && { kmsKeyId: wanted.KmsKeyId }),
    ...(wanted.DeleteOnTermination !== undefined && { deleteOnTermination: wanted.DeleteOnTermination }),
  }
}

/** The devices as answers about images show them. */
export function mappingAnswers(mappings: readonly BlockDeviceMapping[]): MappingInput[] {
  return mappings.map(({ deviceName, ebs }) => ({
    DeviceName: deviceName,
    ...(ebs && {
      Ebs: {
        DeleteOnTermination: ebs.deleteOnTermination,
        Encrypted: ebs.encrypted ?? false,
        SnapshotId: ebs.snapshotId,
        VolumeSize: ebs.sizeGib,
        VolumeType: ebs.type as VolumeType | undefined,
        Iops: ebs.iops,
        Throughput: ebs.throughput,
      },
    }),
  }))
}

export function invalidMapping(message: string): AwsError {
  return new AwsError('InvalidBlockDeviceMapping', message)
}
