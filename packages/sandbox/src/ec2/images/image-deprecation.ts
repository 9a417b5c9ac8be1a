import type {
  DisableImageDeprecationRequest,
  DisableImageDeprecationResult,
  EnableImageDeprecationRequest,
  EnableImageDeprecationResult,
} from '@aws-sdk/client-ec2'

import { invalidParameterValue, missingParameter } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { ownImage } from './launchable-image.ts'

const minute = 60_000

/** EC2 API Reference, EnableImageDeprecation: to the minute, from now to 10 years on, or to 2 of a public image's life. */
export function enableImageDeprecation(
  { ImageId, DeprecateAt: wanted }: EnableImageDeprecationRequest,
  scope: Scope,
): EnableImageDeprecationResult {
  const image = ownImage(scope, ImageId)
  if (wanted === undefined) throw missingParameter('DeprecateAt')
  const time = Math.round(wanted.getTime() / minute) * minute
  const latest = image.isPublic ? yearsAfter(image.createdAt, 2) : yearsAfter(scope.now, 10)
  if (time <= scope.now || time > latest) {
    throw invalidParameterValue(
      `Value (${wanted.toISOString()}) for parameter DeprecateAt is invalid. Expected a time between now and ${new Date(latest).toISOString()}.`,
    )
  }
  image.deprecationTime = new Date(time).toISOString()
  return { Return: true }
}

export function disableImageDeprecation(
  { ImageId }: DisableImageDeprecationRequest,
  scope: Scope,
): DisableImageDeprecationResult {
  delete ownImage(scope, ImageId).deprecationTime
  return { Return: true }
}

function yearsAfter(time: number, years: number): number {
  const date = new Date(time)
  return date.setUTCFullYear(date.getUTCFullYear() + years)
}
