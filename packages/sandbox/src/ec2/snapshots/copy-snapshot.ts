import type { CopySnapshotRequest, CopySnapshotResult } from '@aws-sdk/client-ec2'

import { missingParameter } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { checkTaggedTypes } from '../tags/tags.ts'
import { encryptionOf } from '../volumes/new-volume.ts'
import { completedSnapshot, unknownSnapshots } from './known-snapshot.ts'
import { addSnapshot } from './new-snapshot.ts'

/** The volume that copies name as theirs; EC2 says of it only that it is no volume to be used. */
const volumeOfCopies = 'vol-ffffffff'

export function copySnapshot(input: CopySnapshotRequest, scope: Scope): CopySnapshotResult {
  const { SourceRegion: region, SourceSnapshotId: sourceId } = input
  if (region === undefined) throw missingParameter('SourceRegion')
  checkTaggedTypes(input.TagSpecifications, ['snapshot'])
  const { regions } = scope.account
  const state = Object.hasOwn(regions, region) ? regions[region] : undefined
  if (!state) throw unknownSnapshots([sourceId ?? ''])
  const source = completedSnapshot({ ...scope, region, state }, sourceId)
  const { sizeGib, encrypted } = source
  const made = addSnapshot(
    scope,
    {
      volumeId: volumeOfCopies,
      sizeGib,
      description:
        input.Description ?? `[Copied ${source.snapshotId} from ${region}] ${source.description}`.trim(),
      // A key is of one region: a copy that stays encrypted takes the default one of its own.
      ...encryptionOf(scope, { encrypted: input.Encrypted, kmsKeyId: input.KmsKeyId }, { encrypted }),
    },
    input.TagSpecifications,
  )
  return { SnapshotId: made.snapshotId }
}
