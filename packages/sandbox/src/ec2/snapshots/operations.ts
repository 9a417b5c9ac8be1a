import {
  CopySnapshot$,
  CreateSnapshot$,
  CreateSnapshots$,
  DeleteSnapshot$,
  DescribeSnapshotAttribute$,
  DescribeSnapshots$,
  ModifySnapshotAttribute$,
  type CopySnapshotRequest,
  type CopySnapshotResult,
  type CreateSnapshotRequest,
  type CreateSnapshotsRequest,
  type CreateSnapshotsResult,
  type DeleteSnapshotRequest,
  type DescribeSnapshotAttributeRequest,
  type DescribeSnapshotAttributeResult,
  type DescribeSnapshotsRequest,
  type DescribeSnapshotsResult,
  type ModifySnapshotAttributeRequest,
  type Snapshot,
} from '@aws-sdk/client-ec2'

import { operation } from '../../operation.ts'
import { copySnapshot } from './copy-snapshot.ts'
import { createSnapshot, createSnapshots } from './create-snapshot.ts'
import { deleteSnapshot } from './delete-snapshot.ts'
import { describeSnapshots } from './describe-snapshots.ts'
import { describeSnapshotAttribute, modifySnapshotAttribute } from './snapshot-permissions.ts'

export const snapshotOperations = [
  operation<DescribeSnapshotsRequest, DescribeSnapshotsResult>(DescribeSnapshots$, describeSnapshots),
  operation<CreateSnapshotRequest, Snapshot>(CreateSnapshot$, createSnapshot),
  operation<CreateSnapshotsRequest, CreateSnapshotsResult>(CreateSnapshots$, createSnapshots),
  operation<CopySnapshotRequest, CopySnapshotResult>(CopySnapshot$, copySnapshot),
  operation<DeleteSnapshotRequest, undefined>(DeleteSnapshot$, deleteSnapshot),
  operation<ModifySnapshotAttributeRequest, undefined>(ModifySnapshotAttribute$, modifySnapshotAttribute),
  operation<DescribeSnapshotAttributeRequest, DescribeSnapshotAttributeResult>(
    DescribeSnapshotAttribute$,
    describeSnapshotAttribute,
  ),
]
