import type { CreateImageRequest, CreateImageResult } from '@aws-sdk/client-ec2'

import { newId } from '../../account/ids.ts'
import { invalidParameterValue, missingParameter } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import type { Instance } from '../instances/instance.ts'
import { stateOf } from '../instances/instance-states.ts'
import { instanceOf } from '../instances/known-instances.ts'
import { machineOf } from '../instances/machines.ts'
import { addSnapshot, snapshotOf } from '../snapshots/new-snapshot.ts'
import { checkTaggedTypes } from '../tags/tags.ts'
import type { BlockDeviceMapping } from '../volumes/block-device.ts'
import { attachedVolumes } from '../volumes/launch-volumes.ts'
import { invalidMapping, mergeMappings } from '../volumes/mappings.ts'
import type { Volume } from '../volumes/volume.ts'
import { checkKeepsEncryption, settledDevice } from './image-devices.ts'
import { addImage, availableLater, freeImageName } from './new-image.ts'

/**
 * Makes an image of an instance, with a snapshot of each of its volumes. The reboot that NoReboot forgoes changes neither
 * the instance's state nor its disk. Throws AwsError for an instance that has not run yet or is gone.
 */
export function createImage(input: CreateImageRequest, scope: Scope): CreateImageResult {
  if (input.InstanceId === undefined) throw missingParameter('InstanceId')
  const name = freeImageName(scope, input.Name)
  checkTaggedTypes(input.TagSpecifications, ['image', 'snapshot'])
  const instance = instanceOf(scope, input.InstanceId)
  checkState(instance, scope.now)
  const imageId = newId('ami')
  const origin = scope.state.ec2.images[instance.imageId]
  const isArm = instance.architecture === 'arm64'
  addImage(
    scope,
    {
      imageId,
      name,
      description: input.Description ?? '',
      architecture: isArm ? 'arm64' : 'x86_64',
      rootDeviceName: instance.rootDeviceName,
      blockDevices: devicesOf(input, scope, { instance, imageId }),
      user: instance.user,
      platformDetails: instance.platformDetails,
      bootMode: input.BootModeOverride ?? origin?.bootMode ?? (isArm ? 'uefi' : 'uefi-preferred'),
      ...(origin?.imdsSupport && { imdsSupport: origin.imdsSupport }),
      ...(origin?.productCodes && { productCodes: origin.productCodes }),
      availableAt: availableLater(scope),
      sourceInstanceId: instance.instanceId,
      source: { imageId: instance.imageId, region: scope.region },
      diskImageId: imageId,
    },
    input.TagSpecifications,
  )
  const machine = machineOf(scope.state.ec2, instance)
  // Before the answer, so that it is the disk as of now; outside of the account's lock, as it may take long.
  scope.whenKept(async (change) => {
    const { convergeFails } = await scope.hosts.capture(machine, imageId)
    if (!convergeFails) return
    await change(({ regions }) => {
      const image = regions[scope.region]?.ec2.images[imageId]
      if (image) image.convergeFails = true
    })
  })
  return { ImageId: imageId }
}

function checkState(instance: Instance, now: number): void {
  if (['running', 'stopping', 'stopped'].includes(stateOf(instance, now))) return
  throw invalidParameterValue(
    `Invalid value '${instance.instanceId}' for instanceId. Instance is not in state 'running' or 'stopping' or 'stopped'`,
  )
}

/** The instance's volumes as snapshots, the root's first, with what the request says of them. */
function devicesOf(
  { BlockDeviceMappings: wanted = [], TagSpecifications: tags }: CreateImageRequest,
  scope: Scope,
  { instance, imageId }: { instance: Instance; imageId: string },
): BlockDeviceMapping[] {
  const { instanceId, rootDeviceName } = instance
  const volumes = new Map<string, Volume>()
  for (const volume of attachedVolumes(scope.state.ec2, instanceId)) {
    if (volume.attachment) volumes.set(volume.attachment.device, volume)
  }
  for (const mapping of wanted) {
    checkKeepsEncryption(mapping, volumes.has(mapping.DeviceName ?? ''))
  }
  const merged = mergeMappings([...volumes].map(asMapping), wanted)
  const root = merged.find(({ deviceName }) => deviceName === rootDeviceName)
  if (!root) throw invalidMapping(`The root device '${rootDeviceName}' must not be left out`)
  return [root, ...merged.filter((mapping) => mapping !== root)].map((mapping) => {
    const { deviceName, ebs } = mapping
    const volume = volumes.get(deviceName)
    if (!ebs || !volume) return settledDevice(scope, mapping)
    checkKeepsVolume(deviceName, ebs, volume)
    const description = `Created by CreateImage(${instanceId}) for ${imageId}`
    const { snapshotId, encrypted, kmsKeyId } = addSnapshot(scope, snapshotOf(volume, description), tags)
    const { ebs: settled } = settledDevice(scope, { deviceName, ebs })
    return {
      deviceName,
      ebs: { ...ebs, ...settled, snapshotId, encrypted, ...(kmsKeyId !== undefined && { kmsKeyId }) },
    }
  })
}

function asMapping([deviceName, volume]: [string, Volume]): BlockDeviceMapping {
  const { sizeGib, type, iops, throughput, encrypted, attachment } = volume
  return {
    deviceName,
    ebs: {
      sizeGib,
      type,
      ...(iops !== undefined && type !== 'gp2' && { iops }),
      ...(throughput !== undefined && { throughput }),
      encrypted,
      deleteOnTermination: attachment?.deleteOnTermination ?? false,
    },
  }
}

/** EC2 API Reference, CreateImage, BlockDeviceMappings: "You can't change the volume size". */
function checkKeepsVolume(
  device: string,
  { sizeGib, snapshotId }: NonNullable<BlockDeviceMapping['ebs']>,
  volume: Volume,
): void {
  if (snapshotId !== undefined) {
    throw invalidMapping(`The snapshot of device '${device}' cannot be specified: a volume is attached there`)
  }
  if (sizeGib !== volume.sizeGib) {
    throw invalidMapping(
      `The size of device '${device}' cannot be changed from ${String(volume.sizeGib)}GB, that of the attached volume`,
    )
  }
}
