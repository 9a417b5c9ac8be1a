import { isWellFormed } from '../../account/ids.ts'
import { AwsError, missingParameter } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import type { Image } from './image.ts'
import { imageStateOf } from './image-answer.ts'

/**
 * The image that an instance can be launched from. Throws AwsError (InvalidAMIID.Malformed, .NotFound, .Unavailable) for an
 * id that is none, an image that this account does not see, and one that is pending.
 */
export function launchableImage(scope: Scope, imageId: string): Image {
  const image = visibleImage(scope, imageId)
  if (imageStateOf(image, scope.now) !== 'available') {
    throw new AwsError('InvalidAMIID.Unavailable', `The image ID '${imageId}' is not available`)
  }
  return image
}

/** The image with this id. Throws AwsError where this account sees none. */
export function visibleImage(scope: Scope, imageId: string | undefined): Image {
  const image = recordedImage(scope, imageId)
  if (!image || image.isDeregistered === true || !isVisible(scope, image)) {
    throw unknownImages([imageId ?? ''])
  }
  return image
}

/** The same of this account's own images, deregistered ones among them. Throws AwsError for those of others. */
export function ownImage(scope: Scope, imageId: string | undefined): Image {
  const image = recordedImage(scope, imageId)
  if (!image || !isVisible(scope, image)) throw unknownImages([imageId ?? ''])
  if (image.ownerId !== scope.accountId) {
    throw new AwsError('AuthFailure', `Not authorized for image:${image.imageId}`, 403)
  }
  if (image.isDeregistered === true) {
    throw new AwsError('InvalidAMIID.Unavailable', `The image ID '${image.imageId}' is no longer available`)
  }
  return image
}

export function isVisible({ accountId }: Scope, image: Image): boolean {
  return image.isPublic || image.ownerId === accountId || image.launchPermissions.includes(accountId)
}

export function checkImageId(imageId: string): void {
  if (!isWellFormed('ami', imageId)) {
    throw new AwsError('InvalidAMIID.Malformed', `Invalid id: "${imageId}"`)
  }
}

export function unknownImages(ids: readonly string[]): AwsError {
  const [noun, verb] = ids.length === 1 ? ['id', 'does'] : ['ids', 'do']
  return new AwsError('InvalidAMIID.NotFound', `The image ${noun} '[${ids.join(', ')}]' ${verb} not exist`)
}

function recordedImage(scope: Scope, imageId: string | undefined): Image | undefined {
  if (imageId === undefined) throw missingParameter('ImageId')
  checkImageId(imageId)
  const { images } = scope.state.ec2
  return Object.hasOwn(images, imageId) ? images[imageId] : undefined
}
