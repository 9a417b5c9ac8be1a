import type { DescribeImagesRequest, DescribeImagesResult } from '@aws-sdk/client-ec2'

import { page } from '../../account/pages.ts'
import type { Scope } from '../../operation.ts'
import { selectResources } from '../select-resources.ts'
import type { Image } from './image.ts'
import { imageAnswer } from './image-answer.ts'
import { imageFilters } from './image-filters.ts'
import { checkImageId, isVisible, unknownImages } from './launchable-image.ts'

export function describeImages(input: DescribeImagesRequest, scope: Scope): DescribeImagesResult {
  const { ImageIds: ids = [] } = input
  for (const id of ids) checkImageId(id)
  const found = selectResources(scope, {
    from: registeredImages(scope),
    ids,
    notFound: unknownImages,
    filters: input.Filters,
    values: imageFilters(scope.now),
    idOf: ({ imageId }) => imageId,
  })
  const wanted = found.filter(
    (image) =>
      isOwnedBy(image, input.Owners, scope) &&
      isSharedWith(image, input.ExecutableUsers, scope) &&
      (input.IncludeDeprecated === true || !isHidden(image, ids, scope)),
  )
  const { items, NextToken } = page(wanted, input)
  return {
    Images: items.map((image) => imageAnswer(scope, image)),
    ...(NextToken !== undefined && { NextToken }),
  }
}

/** Those that this account sees. */
function registeredImages(scope: Scope): Record<string, Image> {
  const all = Object.entries(scope.state.ec2.images)
  return Object.fromEntries(
    all.filter(([, image]) => image.isDeregistered !== true && isVisible(scope, image)),
  )
}

/** An owner is an account, `self`, or an alias such as `amazon`. */
function isOwnedBy(image: Image, owners: readonly string[] | undefined, { accountId }: Scope): boolean {
  if (owners === undefined || owners.length === 0) return true
  return owners.some((owner) =>
    owner === 'self' ? image.ownerId === accountId : owner === image.ownerId || owner === image.ownerAlias,
  )
}

/** By launch permissions: being the owner is none. `all` are the public images. */
function isSharedWith(
  { isPublic, launchPermissions }: Image,
  users: readonly string[] | undefined,
  { accountId }: Scope,
): boolean {
  if (users === undefined || users.length === 0) return true
  return users.some((user) =>
    user === 'all' ? isPublic : launchPermissions.includes(user === 'self' ? accountId : user),
  )
}

/** EC2 User Guide, "Deprecate an Amazon EC2 AMI": others than its owner see it only when they name its id. */
function isHidden(image: Image, ids: readonly string[], { accountId, now }: Scope): boolean {
  const { deprecationTime, ownerId, imageId } = image
  if (deprecationTime === undefined || ownerId === accountId || ids.includes(imageId)) return false
  return Date.parse(deprecationTime) <= now
}
