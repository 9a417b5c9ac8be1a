import type {
  CreateSnapshotRequest,
  CreateSnapshotsRequest,
  CreateSnapshotsResult,
  Snapshot as SnapshotAnswer,
  TagSpecification,
} from '@aws-sdk/client-ec2'

import { AwsError, missingParameter } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { instanceOf } from '../instances/known-instances.ts'
import { checkTaggedTypes, tagsOf } from '../tags/tags.ts'
import { knownVolume } from '../volumes/known-volume.ts'
import { attachedVolumes } from '../volumes/launch-volumes.ts'
import { volumeStateOf } from '../volumes/volume-state.ts'
import { addSnapshot, snapshotOf } from './new-snapshot.ts'
import { snapshotAnswer, snapshotInfo } from './snapshot-answer.ts'

export function createSnapshot(input: CreateSnapshotRequest, scope: Scope): SnapshotAnswer {
  checkTaggedTypes(input.TagSpecifications, ['snapshot'])
  const volume = knownVolume(scope, input.VolumeId)
  const state = volumeStateOf(volume, scope.now)
  if (state !== 'available' && state !== 'in-use') {
    throw new AwsError('IncorrectState', `The volume '${volume.volumeId}' is '${state}'`)
  }
  const made = addSnapshot(scope, snapshotOf(volume, input.Description ?? ''), input.TagSpecifications)
  return snapshotAnswer(scope, made)
}

/** Of all volumes of an instance but those that the request excludes. */
export function createSnapshots(input: CreateSnapshotsRequest, scope: Scope): CreateSnapshotsResult {
  const { InstanceSpecification: specification } = input
  if (specification === undefined) throw missingParameter('InstanceSpecification')
  checkTaggedTypes(input.TagSpecifications, ['snapshot'])
  const { instanceId, rootDeviceName } = instanceOf(scope, specification.InstanceId)
  const excluded = specification.ExcludeDataVolumeIds ?? []
  const volumes = attachedVolumes(scope.state.ec2, instanceId).filter(({ volumeId, attachment }) => {
    const isRoot = attachment?.device === rootDeviceName
    return isRoot ? specification.ExcludeBootVolume !== true : !excluded.includes(volumeId)
  })
  const made = volumes.map((volume) => {
    const copied = input.CopyTagsFromSource === 'volume' ? copiedTags(scope, volume.volumeId) : []
    const tags = [...copied, ...(input.TagSpecifications ?? [])]
    return addSnapshot(scope, snapshotOf(volume, input.Description ?? ''), tags)
  })
  return { Snapshots: made.map((snapshot) => snapshotInfo(scope, snapshot)) }
}

function copiedTags(scope: Scope, volumeId: string): TagSpecification[] {
  const tags = Object.entries(tagsOf(scope, volumeId)).map(([Key, Value]) => ({ Key, Value }))
  return [{ ResourceType: 'snapshot', Tags: tags }]
}
