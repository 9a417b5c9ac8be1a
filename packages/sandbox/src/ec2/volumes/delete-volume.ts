import type { DeleteVolumeRequest } from '@aws-sdk/client-ec2'

import { AwsError } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { knownVolume, unknownVolumes } from './known-volume.ts'
import { attachmentOf, volumeStateOf } from './volume-state.ts'

export function deleteVolume(input: DeleteVolumeRequest, scope: Scope): undefined {
  const volume = knownVolume(scope, input.VolumeId)
  const { volumeId } = volume
  const attachment = attachmentOf(volume, scope.now)
  if (attachment) {
    throw new AwsError('VolumeInUse', `Volume ${volumeId} is currently attached to ${attachment.instanceId}`)
  }
  const state = volumeStateOf(volume, scope.now)
  if (state === 'deleting') throw unknownVolumes([volumeId])
  if (state !== 'available') {
    throw new AwsError('IncorrectState', `The volume '${volumeId}' is '${state}'`)
  }
  volume.goneAt = scope.now + scope.times.volume * 1000
}
