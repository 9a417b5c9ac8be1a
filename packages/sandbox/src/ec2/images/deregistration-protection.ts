import type {
  DisableImageDeregistrationProtectionRequest,
  DisableImageDeregistrationProtectionResult,
  EnableImageDeregistrationProtectionRequest,
  EnableImageDeregistrationProtectionResult,
} from '@aws-sdk/client-ec2'

import type { Scope } from '../../operation.ts'
import type { Image } from './image.ts'
import { ownImage } from './launchable-image.ts'

/** EC2 User Guide, "Protect an Amazon EC2 AMI from deregistration": 24 hours, in milliseconds. */
const cooldown = 86_400_000

export function enableImageDeregistrationProtection(
  { ImageId, WithCooldown }: EnableImageDeregistrationProtectionRequest,
  scope: Scope,
): EnableImageDeregistrationProtectionResult {
  const state = WithCooldown === true ? 'enabled-with-cooldown' : 'enabled-without-cooldown'
  ownImage(scope, ImageId).deregistrationProtection = { state }
  return { Return: state }
}

export function disableImageDeregistrationProtection(
  { ImageId }: DisableImageDeregistrationProtectionRequest,
  scope: Scope,
): DisableImageDeregistrationProtectionResult {
  const image = ownImage(scope, ImageId)
  if (image.deregistrationProtection?.state === 'enabled-with-cooldown') {
    image.deregistrationProtection = { state: 'disabled', protectedUntil: scope.now + cooldown }
  } else if (image.deregistrationProtection?.state === 'enabled-without-cooldown') {
    delete image.deregistrationProtection
  }
  return { Return: 'disabled' }
}

/** Whether it cannot be deregistered at that time. */
export function isProtected({ deregistrationProtection: protection }: Image, now: number): boolean {
  if (protection === undefined) return false
  return protection.state !== 'disabled' || now < protection.protectedUntil
}
