import { isWellFormed } from '../../account/ids.ts'
import { AwsError, invalidParameterValue, missingParameter } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import type { Volume } from './volume.ts'
import { isGone } from './volume-state.ts'

/** The volume with this id. Throws AwsError when there is none, also where it is being deleted. */
export function knownVolume(scope: Scope, volumeId: string | undefined): Volume {
  if (volumeId === undefined) throw missingParameter('volumeId')
  checkVolumeId(volumeId)
  const { volumes } = scope.state.ec2
  const volume = Object.hasOwn(volumes, volumeId) ? volumes[volumeId] : undefined
  if (!volume || isGone(volume, scope.now)) throw unknownVolumes([volumeId])
  return volume
}

export function checkVolumeId(volumeId: string): void {
  if (isWellFormed('vol', volumeId)) return
  throw invalidParameterValue(`Value (${volumeId}) for parameter volumes is invalid. Expected: 'vol-...'.`)
}

export function unknownVolumes([volumeId = '']: readonly string[]): AwsError {
  return new AwsError('InvalidVolume.NotFound', `The volume '${volumeId}' does not exist.`)
}
