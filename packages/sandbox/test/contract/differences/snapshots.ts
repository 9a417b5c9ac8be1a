import { apiPage } from '../aws-pages.ts'
import type { Difference } from '../difference.ts'

export const snapshotDifferences: Difference[] = [
  {
    at: ['snapshots: create'],
    sandbox: '[true,10,"of bees","pending"]',
    moto: '[true,10,"of bees","completed"]',
    right: 'sandbox',
    aws: 'You may remount and use your volume while the snapshot status is pending.',
    page: apiPage('CreateSnapshot'),
  },
  {
    at: ['*: Snapshot.StorageTier', 'DescribeSnapshots: Snapshot.CompletionTime'],
    sandbox: 'there',
    moto: 'absent',
    right: 'sandbox',
    aws: 'storageTier: The storage tier in which the snapshot is stored. completionTime: The time stamp when the snapshot was completed.',
    page: apiPage('Snapshot'),
  },
  {
    at: ['who may use a snapshot: see it'],
    sandbox: '[{"UserId":"111122223333"}]',
    moto: '[]',
    right: 'sandbox',
    aws: 'CreateVolumePermission: A JSON representation of the snapshot attribute modification. (moto reads the older parameters UserId.N and OperationType alone.)',
    page: apiPage('ModifySnapshotAttribute'),
  },
  {
    at: [
      'DescribeSnapshotAttribute: DescribeSnapshotAttributeResult.CreateVolumePermissions',
      'DescribeSnapshotAttribute: CreateVolumePermission.UserId',
    ],
    sandbox: 'there',
    moto: 'absent',
    right: 'sandbox',
    aws: 'createVolumePermission: The users and groups that have the permissions for creating volumes from the snapshot. (moto has kept none, see above.)',
    page: apiPage('DescribeSnapshotAttribute'),
  },
]
