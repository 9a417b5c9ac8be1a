import type { DeleteSnapshotRequest } from '@aws-sdk/client-ec2'

import { AwsError } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { forgetUnusedDisks } from '../images/image-disks.ts'
import { forgetTags } from '../tags/tags.ts'
import { knownSnapshot } from './known-snapshot.ts'

/** Throws AwsError (InvalidSnapshot.InUse) for one that a registered image is made of. */
export function deleteSnapshot({ SnapshotId: id }: DeleteSnapshotRequest, scope: Scope): undefined {
  const { snapshotId } = knownSnapshot(scope, id)
  const [imageId] = imagesOf(scope, snapshotId)
  if (imageId !== undefined) {
    throw new AwsError(
      'InvalidSnapshot.InUse',
      `The snapshot ${snapshotId} is currently in use by ${imageId}`,
    )
  }
  delete scope.state.ec2.snapshots[snapshotId]
  forgetTags(scope, snapshotId)
  forgetUnusedDisks(scope)
}

/** The ids of the registered images that are made of the snapshot. */
export function imagesOf(scope: Scope, snapshotId: string): string[] {
  return Object.values(scope.state.ec2.images)
    .filter(({ isDeregistered }) => isDeregistered !== true)
    .filter(({ blockDevices }) => blockDevices.some(({ ebs }) => ebs?.snapshotId === snapshotId))
    .map(({ imageId }) => imageId)
}
