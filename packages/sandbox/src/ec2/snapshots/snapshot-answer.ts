import type { Snapshot as SnapshotAnswer, SnapshotInfo } from '@aws-sdk/client-ec2'

import type { Scope } from '../../operation.ts'
import { tagList } from '../tags/tags.ts'
import type { Snapshot } from './snapshot.ts'

/** A snapshot as answers show it. */
export function snapshotAnswer(scope: Scope, snapshot: Snapshot): SnapshotAnswer {
  const { kmsKeyId, completedAt } = snapshot
  const isCompleted = scope.now >= completedAt
  return {
    ...snapshotInfo(scope, snapshot),
    StorageTier: 'standard',
    ...(kmsKeyId !== undefined && { KmsKeyId: kmsKeyId }),
    ...(isCompleted && { CompletionTime: new Date(completedAt) }),
  }
}

/** A snapshot as CreateSnapshots answers with it. */
export function snapshotInfo(scope: Scope, snapshot: Snapshot): SnapshotInfo {
  const { snapshotId, startedAt } = snapshot
  return {
    SnapshotId: snapshotId,
    VolumeId: snapshot.volumeId,
    VolumeSize: snapshot.sizeGib,
    OwnerId: snapshot.ownerId,
    Description: snapshot.description,
    Encrypted: snapshot.encrypted,
    StartTime: new Date(startedAt),
    State: snapshotStateOf(snapshot, scope.now),
    Progress: progressOf(snapshot, scope.now),
    Tags: tagList(scope, snapshotId),
  }
}

export function snapshotStateOf({ completedAt }: Snapshot, now: number): 'pending' | 'completed' {
  return now < completedAt ? 'pending' : 'completed'
}

export function progressOf({ startedAt, completedAt }: Snapshot, now: number): string {
  if (now >= completedAt) return '100%'
  return `${String(Math.floor(((now - startedAt) / (completedAt - startedAt)) * 100))}%`
}
