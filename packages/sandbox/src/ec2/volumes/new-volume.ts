import type { TagSpecification } from '@aws-sdk/client-ec2'

import { AwsError } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { tagOnCreate } from '../tags/tags.ts'
import type { Volume } from './volume.ts'
import { forgetGoneVolumes } from './volume-state.ts'

/** The key of the account that encrypts where no other is named. */
export function defaultKmsKey({ region, accountId }: Scope): string {
  return `arn:aws:kms:${region}:${accountId}:key/00000000-0000-4000-8000-000000000000`
}

export interface EncryptionWish {
  encrypted?: boolean | undefined
  kmsKeyId?: string | undefined
}

/**
 * Whether a volume is encrypted, and by what: as it is asked for, or as the snapshot is that it is made of. Throws AwsError
 * for a key without encryption.
 */
export function encryptionOf(
  scope: Scope,
  wish: EncryptionWish,
  source: EncryptionWish | undefined,
): Pick<Volume, 'encrypted' | 'kmsKeyId'> {
  if (wish.kmsKeyId !== undefined && wish.encrypted !== true) {
    throw new AwsError(
      'InvalidParameterDependency',
      'The parameter KmsKeyId requires the parameter Encrypted to be set.',
    )
  }
  const encrypted = wish.encrypted === true || source?.encrypted === true
  if (!encrypted) return { encrypted }
  return { encrypted, kmsKeyId: wish.kmsKeyId ?? source?.kmsKeyId ?? defaultKmsKey(scope) }
}

/** Adds a volume to the state, with its tags. */
export function addVolume(
  scope: Scope,
  volume: Omit<Volume, 'volumeId' | 'createdAt'>,
  tagSpecifications: readonly TagSpecification[] | undefined,
): Volume {
  forgetGoneVolumes(scope)
  const volumeId = scope.newId('vol')
  const made = { ...volume, volumeId, createdAt: scope.now }
  scope.state.ec2.volumes[volumeId] = made
  tagOnCreate(scope, volumeId, 'volume', tagSpecifications)
  scope.consistency.created(volumeId)
  return made
}
