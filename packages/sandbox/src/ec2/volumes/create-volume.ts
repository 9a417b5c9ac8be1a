import type { CreateVolumeRequest, Volume as VolumeAnswer } from '@aws-sdk/client-ec2'

import { once } from '../../account/idempotency.ts'
import { AwsError, invalidParameterValue, missingParameter } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { completedSnapshot } from '../snapshots/known-snapshot.ts'
import { checkTaggedTypes } from '../tags/tags.ts'
import { zonesOf } from '../zones/regions.ts'
import { knownVolume } from './known-volume.ts'
import { addVolume, encryptionOf } from './new-volume.ts'
import { volumeAnswer } from './volume-answer.ts'
import { volumeSettings } from './volume-types.ts'

export function createVolume(input: CreateVolumeRequest, scope: Scope): VolumeAnswer {
  const tokens = (scope.state.ec2.tokens['CreateVolume'] ??= {})
  const volumeId = once(tokens, input.ClientToken, input, () => make(input, scope))
  return volumeAnswer(scope, knownVolume(scope, volumeId))
}

function make(input: CreateVolumeRequest, scope: Scope): string {
  const { VolumeType: type = 'gp2', Size: size, Iops: iops, Throughput: throughput } = input
  checkTaggedTypes(input.TagSpecifications, ['volume'])
  const zone = zoneOf(input, scope)
  const source = input.SnapshotId === undefined ? undefined : completedSnapshot(scope, input.SnapshotId)
  const sizeGib = size ?? source?.sizeGib
  if (sizeGib === undefined) {
    throw new AwsError('MissingParameter', 'The request must contain the parameter size or snapshotId')
  }
  if (source && sizeGib < source.sizeGib) {
    throw invalidParameterValue(
      `The size of a volume must be equal to or larger than its snapshot's: '${source.snapshotId}' has ${String(source.sizeGib)} GiB`,
    )
  }
  const settings = volumeSettings({
    type,
    sizeGib,
    ...(iops !== undefined && { iops }),
    ...(throughput !== undefined && { throughput }),
  })
  const { volumeId } = addVolume(
    scope,
    {
      zone,
      ...settings,
      ...encryptionOf(scope, { encrypted: input.Encrypted, kmsKeyId: input.KmsKeyId }, source),
      ...(source && { snapshotId: source.snapshotId }),
      availableAt: scope.now + scope.times.volume * 1000,
    },
    input.TagSpecifications,
  )
  return volumeId
}

function zoneOf({ AvailabilityZone: zone }: CreateVolumeRequest, { region }: Scope): string {
  if (zone === undefined) throw missingParameter('AvailabilityZone')
  if (!zonesOf(region).includes(zone)) {
    throw new AwsError('InvalidZone.NotFound', `The zone '${zone}' does not exist.`)
  }
  return zone
}
