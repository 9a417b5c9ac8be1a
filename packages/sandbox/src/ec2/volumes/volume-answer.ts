import type {
  Volume as VolumeAnswer,
  VolumeAttachment as AttachmentAnswer,
  VolumeType,
} from '@aws-sdk/client-ec2'

import type { Scope } from '../../operation.ts'
import { tagList } from '../tags/tags.ts'
import type { Volume } from './volume.ts'
import { attachmentOf, attachmentStateOf, volumeStateOf } from './volume-state.ts'

/** A volume as answers show it. */
export function volumeAnswer(scope: Scope, volume: Volume): VolumeAnswer {
  const { volumeId, iops, throughput, kmsKeyId } = volume
  const attachment = attachmentAnswer(scope, volume)
  return {
    VolumeId: volumeId,
    AvailabilityZone: volume.zone,
    Size: volume.sizeGib,
    VolumeType: volume.type as VolumeType,
    ...(iops !== undefined && { Iops: iops }),
    ...(throughput !== undefined && { Throughput: throughput }),
    Encrypted: volume.encrypted,
    ...(kmsKeyId !== undefined && { KmsKeyId: kmsKeyId }),
    SnapshotId: volume.snapshotId ?? '',
    CreateTime: new Date(volume.createdAt),
    State: volumeStateOf(volume, scope.now),
    MultiAttachEnabled: false,
    Attachments: attachment ? [attachment] : [],
    Tags: tagList(scope, volumeId),
  }
}

export function attachmentAnswer(scope: Scope, volume: Volume): AttachmentAnswer | undefined {
  const attachment = attachmentOf(volume, scope.now)
  if (!attachment) return undefined
  return {
    VolumeId: volume.volumeId,
    InstanceId: attachment.instanceId,
    Device: attachment.device,
    State: attachmentStateOf(attachment, scope.now),
    AttachTime: new Date(attachment.attachedAt),
    DeleteOnTermination: attachment.deleteOnTermination,
  }
}
