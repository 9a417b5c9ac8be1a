import type {
  DeleteSnapshotReturnCode,
  DeregisterImageRequest,
  DeregisterImageResult,
} from '@aws-sdk/client-ec2'

import { AwsError } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { deleteSnapshot, imagesOf } from '../snapshots/delete-snapshot.ts'
import { forgetTags } from '../tags/tags.ts'
import { isProtected } from './deregistration-protection.ts'
import { forgetUnusedDisks } from './image-disks.ts'
import type { Image } from './image.ts'
import { ownImage } from './launchable-image.ts'

/** Instances that were launched from it stay, and so do its snapshots unless the request says otherwise. */
export function deregisterImage(input: DeregisterImageRequest, scope: Scope): DeregisterImageResult {
  const image = ownImage(scope, input.ImageId)
  if (isProtected(image, scope.now)) {
    throw new AwsError(
      'OperationNotPermitted',
      `The image '${image.imageId}' may not be deregistered. Disable its deregistration protection and try again.`,
    )
  }
  image.isDeregistered = true
  forgetTags(scope, image.imageId)
  const DeleteSnapshotResults = input.DeleteAssociatedSnapshots === true ? deleteSnapshots(scope, image) : []
  forgetUnusedDisks(scope)
  return { Return: true, DeleteSnapshotResults }
}

/** EC2 API Reference, DeregisterImage: one that another image has too stays. */
function deleteSnapshots(scope: Scope, { blockDevices }: Image): DeleteSnapshotReturnCode[] {
  const ids = new Set(blockDevices.flatMap(({ ebs }) => ebs?.snapshotId ?? []))
  const present = [...ids].filter((id) => Object.hasOwn(scope.state.ec2.snapshots, id))
  return present.map((SnapshotId) => {
    if (imagesOf(scope, SnapshotId).length > 0) return { SnapshotId, ReturnCode: 'skipped' }
    deleteSnapshot({ SnapshotId }, scope)
    return { SnapshotId, ReturnCode: 'success' }
  })
}
