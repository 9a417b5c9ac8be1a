import type { TagSpecification } from '@aws-sdk/client-ec2'

import { newId } from '../../account/ids.ts'
import type { Scope } from '../../operation.ts'
import { tagOnCreate } from '../tags/tags.ts'
import type { Volume } from '../volumes/volume.ts'
import type { Snapshot } from './snapshot.ts'

/** Adds a snapshot to the state, with its tags; it is pending at first. */
export function addSnapshot(
  scope: Scope,
  snapshot: Omit<Snapshot, 'snapshotId' | 'ownerId' | 'startedAt' | 'completedAt' | 'sharedWith'>,
  tagSpecifications: readonly TagSpecification[] | undefined,
): Snapshot {
  const snapshotId = newId('snap')
  const made: Snapshot = {
    ...snapshot,
    snapshotId,
    ownerId: scope.accountId,
    startedAt: scope.now,
    completedAt: scope.now + scope.times.snapshot * 1000,
    sharedWith: [],
  }
  scope.state.ec2.snapshots[snapshotId] = made
  tagOnCreate(scope, snapshotId, 'snapshot', tagSpecifications)
  scope.consistency.created(snapshotId)
  return made
}

/** What a snapshot of this volume has of it. */
export function snapshotOf(
  { volumeId, sizeGib, encrypted, kmsKeyId }: Volume,
  description: string,
): Pick<Snapshot, 'volumeId' | 'sizeGib' | 'encrypted' | 'kmsKeyId' | 'description'> {
  return { volumeId, sizeGib, encrypted, description, ...(kmsKeyId !== undefined && { kmsKeyId }) }
}
