import type { DescribeSnapshotsRequest, DescribeSnapshotsResult } from '@aws-sdk/client-ec2'

import type { FilterValues } from '../../account/filters.ts'
import { page } from '../../account/pages.ts'
import type { Scope } from '../../operation.ts'
import { selectResources } from '../select-resources.ts'
import { checkSnapshotId, unknownSnapshots } from './known-snapshot.ts'
import type { Snapshot } from './snapshot.ts'
import { progressOf, snapshotAnswer, snapshotStateOf } from './snapshot-answer.ts'

export function describeSnapshots(input: DescribeSnapshotsRequest, scope: Scope): DescribeSnapshotsResult {
  for (const id of input.SnapshotIds ?? []) checkSnapshotId(id)
  const found = selectResources(scope, {
    from: scope.state.ec2.snapshots,
    ids: input.SnapshotIds,
    notFound: unknownSnapshots,
    filters: input.Filters,
    values: filterValues(scope.now),
    idOf: ({ snapshotId }) => snapshotId,
  })
  const wanted = found.filter(
    (snapshot) =>
      isOwnedBy(snapshot, input.OwnerIds, scope) &&
      isRestorableBy(snapshot, input.RestorableByUserIds, scope),
  )
  const { items, NextToken } = page(wanted, input)
  return {
    Snapshots: items.map((snapshot) => snapshotAnswer(scope, snapshot)),
    ...(NextToken !== undefined && { NextToken }),
  }
}

function isOwnedBy({ ownerId }: Snapshot, owners: readonly string[] | undefined, scope: Scope): boolean {
  if (owners === undefined || owners.length === 0) return true
  return owners.some((owner) => ownerId === (owner === 'self' ? scope.accountId : owner))
}

function isRestorableBy(
  { ownerId, sharedWith }: Snapshot,
  users: readonly string[] | undefined,
  scope: Scope,
): boolean {
  if (users === undefined || users.length === 0) return true
  return users.some((user) => {
    const account = user === 'self' ? scope.accountId : user
    return ownerId === account || sharedWith.includes(account)
  })
}

function filterValues(now: number): FilterValues<Snapshot> {
  return {
    description: ({ description }) => description,
    encrypted: ({ encrypted }) => String(encrypted),
    'owner-alias': () => undefined,
    'owner-id': ({ ownerId }) => ownerId,
    progress: (snapshot) => progressOf(snapshot, now),
    'snapshot-id': ({ snapshotId }) => snapshotId,
    'start-time': ({ startedAt }) => new Date(startedAt).toISOString(),
    status: (snapshot) => snapshotStateOf(snapshot, now),
    'storage-tier': () => 'standard',
    'volume-id': ({ volumeId }) => volumeId,
    'volume-size': ({ sizeGib }) => String(sizeGib),
  }
}
