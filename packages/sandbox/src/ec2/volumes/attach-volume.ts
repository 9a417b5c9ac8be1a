import type {
  AttachVolumeRequest,
  DetachVolumeRequest,
  VolumeAttachment as AttachmentAnswer,
} from '@aws-sdk/client-ec2'

import { AwsError, invalidParameterValue, missingParameter } from '../../aws-error.ts'
import { stateOf } from '../instances/instance-states.ts'
import { instanceOf } from '../instances/known-instances.ts'
import type { Scope } from '../../operation.ts'
import { knownVolume } from './known-volume.ts'
import { attachedVolumes } from './launch-volumes.ts'
import type { Volume, VolumeAttachment } from './volume.ts'
import { attachmentAnswer } from './volume-answer.ts'
import { attachmentOf, volumeStateOf } from './volume-state.ts'

export function attachVolume(input: AttachVolumeRequest, scope: Scope): AttachmentAnswer {
  const { Device: device } = input
  if (device === undefined) throw missingParameter('device')
  const volume = knownVolume(scope, input.VolumeId)
  const instance = instanceOf(scope, input.InstanceId)
  const { instanceId } = instance
  const state = stateOf(instance, scope.now)
  if (state !== 'running' && state !== 'stopped') {
    throw new AwsError('IncorrectState', `Instance '${instanceId}' is not 'running'.`)
  }
  checkAttachable(volume, scope.now)
  if (volume.zone !== instance.zone) {
    throw new AwsError(
      'InvalidVolume.ZoneMismatch',
      `The volume '${volume.volumeId}' is not in the same availability zone as instance '${instanceId}'`,
    )
  }
  if (attachedVolumes(scope.state.ec2, instanceId).some(({ attachment }) => attachment?.device === device)) {
    throw invalidParameterValue(
      `Invalid value '${device}' for unixDevice. Attachment point ${device} is already in use`,
    )
  }
  volume.attachment = {
    instanceId,
    device,
    deleteOnTermination: false,
    attachedAt: scope.now,
    readyAt: scope.now + scope.times.volume * 1000,
  }
  instance.volumeIds = [...instance.volumeIds, volume.volumeId]
  return attachmentAnswer(scope, volume) ?? {}
}

function checkAttachable(volume: Volume, now: number): void {
  const state = volumeStateOf(volume, now)
  if (state === 'available') return
  throw state === 'in-use'
    ? new AwsError('VolumeInUse', `${volume.volumeId} is already attached to an instance`)
    : new AwsError('IncorrectState', `${volume.volumeId} is not 'available'.`)
}

export function detachVolume(input: DetachVolumeRequest, scope: Scope): AttachmentAnswer {
  const volume = knownVolume(scope, input.VolumeId)
  const { volumeId } = volume
  const attachment = attachmentOf(volume, scope.now)
  if (!attachment || attachment.detachedAt !== undefined) {
    const state = volumeStateOf(volume, scope.now)
    throw new AwsError('IncorrectState', `Volume '${volumeId}' is in the '${state}' state.`)
  }
  checkNamed(volumeId, attachment, input)
  const instance = instanceOf(scope, attachment.instanceId)
  const isRoot = instance.rootDeviceName === attachment.device
  if (isRoot && stateOf(instance, scope.now) !== 'stopped') {
    throw new AwsError(
      'OperationNotPermitted',
      `Unable to detach root volume '${volumeId}' from instance '${instance.instanceId}'`,
    )
  }
  attachment.detachedAt = scope.now + scope.times.volume * 1000
  instance.volumeIds = instance.volumeIds.filter((id) => id !== volumeId)
  return attachmentAnswer(scope, volume) ?? {}
}

/** The instance and the device need not be named; where they are, they must be those of the attachment. */
function checkNamed(volumeId: string, attachment: VolumeAttachment, input: DetachVolumeRequest): void {
  const { InstanceId: instanceId = attachment.instanceId, Device: device = attachment.device } = input
  if (instanceId !== attachment.instanceId || device !== attachment.device) {
    throw new AwsError(
      'InvalidAttachment.NotFound',
      `The volume '${volumeId}' is not attached to instance '${instanceId}' as device '${device}'.`,
    )
  }
}
