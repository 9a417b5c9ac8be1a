import type { TagSpecification } from '@aws-sdk/client-ec2'

import { AwsError, missingParameter } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { tagOnCreate } from '../tags/tags.ts'
import type { Image } from './image.ts'

/** Adds an image of this account to the state, private and with its tags. */
export function addImage(
  scope: Scope,
  image: Omit<Image, 'ownerId' | 'isPublic' | 'launchPermissions' | 'createdAt'>,
  tagSpecifications: readonly TagSpecification[] | undefined,
): void {
  const { imageId } = image
  scope.state.ec2.images[imageId] = {
    ...image,
    ownerId: scope.accountId,
    isPublic: false,
    launchPermissions: [],
    createdAt: scope.now,
  }
  tagOnCreate(scope, imageId, 'image', tagSpecifications)
  scope.consistency.created(imageId)
}

/** When an image is available whose snapshots are begun now. */
export function availableLater({ now, times }: Scope): number {
  return now + Math.max(times.image, times.snapshot) * 1000
}

/**
 * The name of a new image (EC2 API Reference, CreateImage: Name). Throws AwsError (InvalidAMIName.Malformed, .Duplicate)
 * for one that is none, and one of another image that the account has in this region.
 */
export function freeImageName(scope: Scope, name: string | undefined): string {
  if (name === undefined) throw missingParameter('Name')
  if (!/^[A-Za-z0-9()[\] ./\-'@_]{3,128}$/.test(name)) {
    throw new AwsError(
      'InvalidAMIName.Malformed',
      "AMI names must be between 3 and 128 characters long, and may contain letters, numbers, '(', ')', '.', '-', '/' and '_'",
    )
  }
  const other = Object.values(scope.state.ec2.images).find(
    (image) => image.name === name && image.ownerId === scope.accountId && image.isDeregistered !== true,
  )
  if (other) {
    throw new AwsError(
      'InvalidAMIName.Duplicate',
      `AMI name ${name} is already in use by AMI ${other.imageId}`,
    )
  }
  return name
}
