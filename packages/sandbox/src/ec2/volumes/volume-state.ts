import type { AttachmentStatus, VolumeState } from '@aws-sdk/client-ec2'

import type { Scope } from '../../operation.ts'
import { forgetTags } from '../tags/tags.ts'
import type { Volume, VolumeAttachment } from './volume.ts'

export function isGone(volume: Volume, now: number): boolean {
  return volume.goneAt !== undefined && volume.goneAt <= now
}

/** The volumes that are there at that time, by id. */
export function presentVolumes(scope: Scope): Record<string, Volume> {
  const all = Object.entries(scope.state.ec2.volumes)
  return Object.fromEntries(all.filter(([, volume]) => !isGone(volume, scope.now)))
}

/** Drops what is deleted by now; the rest of the state need not know of it. */
export function forgetGoneVolumes(scope: Scope): void {
  const { volumes } = scope.state.ec2
  for (const [id, volume] of Object.entries(volumes)) {
    if (!isGone(volume, scope.now)) continue
    delete volumes[id]
    forgetTags(scope, id)
  }
}

/** How it is attached at that time, if at all. */
export function attachmentOf({ attachment }: Volume, now: number): VolumeAttachment | undefined {
  if (attachment?.detachedAt !== undefined && attachment.detachedAt <= now) return undefined
  return attachment
}

export function attachmentStateOf({ readyAt, detachedAt }: VolumeAttachment, now: number): AttachmentStatus {
  if (detachedAt !== undefined) return 'detaching'
  return now < readyAt ? 'attaching' : 'attached'
}

/** EBS User Guide, "Amazon EBS volume lifecycle". */
export function volumeStateOf(volume: Volume, now: number): VolumeState {
  if (attachmentOf(volume, now)) return 'in-use'
  if (volume.goneAt !== undefined) return 'deleting'
  return now < volume.availableAt ? 'creating' : 'available'
}
