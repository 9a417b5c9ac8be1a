import { isWellFormed } from '../../account/ids.ts'
import { AwsError, missingParameter } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import type { Snapshot } from './snapshot.ts'

/** The snapshot with this id. Throws AwsError when there is none. */
export function knownSnapshot(scope: Scope, snapshotId: string | undefined): Snapshot {
  if (snapshotId === undefined) throw missingParameter('snapshotId')
  checkSnapshotId(snapshotId)
  const { snapshots } = scope.state.ec2
  const snapshot = Object.hasOwn(snapshots, snapshotId) ? snapshots[snapshotId] : undefined
  if (snapshot === undefined) throw unknownSnapshots([snapshotId])
  return snapshot
}

/** The same, and one that volumes can be made of. Throws AwsError while it is pending. */
export function completedSnapshot(scope: Scope, snapshotId: string | undefined): Snapshot {
  const snapshot = knownSnapshot(scope, snapshotId)
  if (scope.now < snapshot.completedAt) {
    throw new AwsError('IncorrectState', 'Snapshot is in invalid state - pending')
  }
  return snapshot
}

export function checkSnapshotId(snapshotId: string): void {
  if (isWellFormed('snap', snapshotId)) return
  throw new AwsError(
    'InvalidParameterValue',
    `Value (${snapshotId}) for parameter snapshotId is invalid. Expected: 'snap-...'.`,
  )
}

export function unknownSnapshots([snapshotId = '']: readonly string[]): AwsError {
  return new AwsError('InvalidSnapshot.NotFound', `The snapshot '${snapshotId}' does not exist.`)
}
