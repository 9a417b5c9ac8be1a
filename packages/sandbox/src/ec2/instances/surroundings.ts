import type { GroupIdentifier } from '@aws-sdk/client-ec2'

import type { Scope } from '../../operation.ts'
import type { Address } from '../addresses/address.ts'
import { addressesByInstance, publicAddressOf } from '../addresses/public-addresses.ts'
import type { Volume, VolumeAttachment } from '../volumes/volume.ts'
import type { Instance } from './instance.ts'

export type AttachedVolume = Volume & { attachment: VolumeAttachment }

/** What an answer about instances tells of other resources; found once for all of them. */
export interface Surroundings {
  scope: Scope
  elastic: ReadonlyMap<string, Address>
  volumes: ReadonlyMap<string, readonly AttachedVolume[]>
}

export function surroundingsOf(scope: Scope): Surroundings {
  const { ec2 } = scope.state
  return { scope, elastic: addressesByInstance(ec2), volumes: volumesByInstance(Object.values(ec2.volumes)) }
}

/** The security groups as answers about instances name them. */
export function groupIdentifiers(scope: Scope, ids: readonly string[]): GroupIdentifier[] {
  const { securityGroups } = scope.state.ec2
  return ids.map((id) => ({ GroupId: id, GroupName: securityGroups[id]?.name ?? '' }))
}

/** EC2 gives out the public address after RunInstances has answered: the launch itself never shows it. */
export function shownAddress(instance: Instance, { elastic, scope }: Surroundings): string | undefined {
  return scope.now > instance.launchedAt ? publicAddressOf(instance, elastic) : undefined
}

function volumesByInstance(volumes: readonly Volume[]): Map<string, AttachedVolume[]> {
  const found = new Map<string, AttachedVolume[]>()
  for (const volume of volumes) {
    const { attachment } = volume
    if (attachment === undefined) continue
    const others = found.get(attachment.instanceId)
    if (others) others.push({ ...volume, attachment })
    else found.set(attachment.instanceId, [{ ...volume, attachment }])
  }
  return found
}
