import type { ModifyVolumeRequest, ModifyVolumeResult, VolumeType } from '@aws-sdk/client-ec2'

import { AwsError, invalidParameterValue } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { knownVolume } from './known-volume.ts'
import type { Volume } from './volume.ts'
import { volumeStateOf } from './volume-state.ts'
import { volumeSettings } from './volume-types.ts'

/** The new settings hold at once; a real volume takes minutes to hours to optimize. */
export function modifyVolume(input: ModifyVolumeRequest, scope: Scope): ModifyVolumeResult {
  const volume = knownVolume(scope, input.VolumeId)
  const state = volumeStateOf(volume, scope.now)
  if (state !== 'available' && state !== 'in-use') {
    throw new AwsError('IncorrectState', `The volume '${volume.volumeId}' is '${state}'`)
  }
  const original = { ...volume }
  apply(volume, input)
  return {
    VolumeModification: {
      VolumeId: volume.volumeId,
      ModificationState: 'modifying',
      Progress: 0,
      StartTime: new Date(scope.now),
      OriginalSize: original.sizeGib,
      OriginalVolumeType: original.type as VolumeType,
      OriginalIops: original.iops,
      OriginalThroughput: original.throughput,
      TargetSize: volume.sizeGib,
      TargetVolumeType: volume.type as VolumeType,
      TargetIops: volume.iops,
      TargetThroughput: volume.throughput,
    },
  }
}

/** What is not named stays; IOPS and throughput only where the type does. */
function apply(volume: Volume, input: ModifyVolumeRequest): void {
  const { VolumeType: type = volume.type, Size: sizeGib = volume.sizeGib } = input
  if (sizeGib < volume.sizeGib) {
    throw invalidParameterValue('New size cannot be smaller than existing size')
  }
  // The IOPS of gp2 follow from its size.
  const keeps = type === volume.type && type !== 'gp2'
  const iops = input.Iops ?? (keeps ? volume.iops : undefined)
  const throughput = input.Throughput ?? (keeps ? volume.throughput : undefined)
  const settings = volumeSettings({
    type,
    sizeGib,
    ...(iops !== undefined && { iops }),
    ...(throughput !== undefined && { throughput }),
  })
  delete volume.iops
  delete volume.throughput
  Object.assign(volume, settings)
}
