import type {
  CreateVolumePermission,
  DescribeSnapshotAttributeRequest,
  DescribeSnapshotAttributeResult,
  ModifySnapshotAttributeRequest,
} from '@aws-sdk/client-ec2'

import { invalidParameterValue } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { knownSnapshot } from './known-snapshot.ts'

/** Shares a snapshot with accounts, or with everyone. */
export function modifySnapshotAttribute(input: ModifySnapshotAttributeRequest, scope: Scope): undefined {
  const snapshot = knownSnapshot(scope, input.SnapshotId)
  const { CreateVolumePermission: changes, Attribute: attribute = 'createVolumePermission' } = input
  if (attribute !== 'createVolumePermission') {
    throw invalidParameterValue(`The attribute ${attribute} of a snapshot cannot be modified`)
  }
  const named = [...(input.UserIds ?? []), ...(input.GroupNames ?? [])]
  const isRemoval = input.OperationType === 'remove'
  const added = [...named.filter(() => !isRemoval), ...accountsOf(changes?.Add)]
  const removed = new Set([...named.filter(() => isRemoval), ...accountsOf(changes?.Remove)])
  const shared = new Set([...snapshot.sharedWith, ...added])
  snapshot.sharedWith = [...shared].filter((account) => !removed.has(account))
}

function accountsOf(permissions: readonly CreateVolumePermission[] | undefined): string[] {
  return (permissions ?? []).flatMap(({ UserId, Group }) => UserId ?? Group ?? [])
}

export function describeSnapshotAttribute(
  input: DescribeSnapshotAttributeRequest,
  scope: Scope,
): DescribeSnapshotAttributeResult {
  const { snapshotId, sharedWith } = knownSnapshot(scope, input.SnapshotId)
  if (input.Attribute === 'productCodes') return { SnapshotId: snapshotId, ProductCodes: [] }
  return {
    SnapshotId: snapshotId,
    CreateVolumePermissions: sharedWith.map((account) =>
      account === 'all' ? { Group: 'all' } : { UserId: account },
    ),
  }
}
