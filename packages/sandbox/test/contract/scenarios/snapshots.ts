import {
  CopySnapshotCommand,
  CreateSnapshotCommand,
  CreateVolumeCommand,
  DeleteSnapshotCommand,
  DescribeSnapshotAttributeCommand,
  DescribeSnapshotsCommand,
  ModifySnapshotAttributeCommand,
} from '@aws-sdk/client-ec2'

import type { Caller } from '../caller.ts'
import type { Scenario } from '../scenario.ts'

export const snapshotScenarios: Scenario[] = [
  {
    name: 'snapshots',
    async play(caller) {
      const VolumeId = await newVolume(caller)
      const { SnapshotId = '' } = await caller.does(
        'create',
        new CreateSnapshotCommand({
          VolumeId,
          Description: 'of bees',
          TagSpecifications: [{ ResourceType: 'snapshot', Tags: [{ Key: 'group', Value: 'bee' }] }],
        }),
        (snapshot) => [
          snapshot.VolumeId === VolumeId,
          snapshot.VolumeSize,
          snapshot.Description,
          snapshot.State,
        ],
      )
      await caller.passTime()
      await caller.does(
        'find it',
        new DescribeSnapshotsCommand({
          OwnerIds: ['self'],
          Filters: [
            { Name: 'tag:group', Values: ['bee'] },
            { Name: 'volume-id', Values: [VolumeId] },
          ],
        }),
        ({ Snapshots }) =>
          Snapshots?.map(({ State, Progress, VolumeSize, OwnerId, Tags }) => [
            State,
            Progress,
            VolumeSize,
            OwnerId,
            Tags,
          ]),
      )
      await caller.does(
        'make a volume of it',
        new CreateVolumeCommand({ AvailabilityZone: 'us-east-1b', SnapshotId }),
        (volume) => [volume.Size, volume.SnapshotId === SnapshotId],
      )
      const { SnapshotId: copy = '' } = await caller.does(
        'copy',
        new CopySnapshotCommand({ SourceRegion: 'us-east-1', SourceSnapshotId: SnapshotId }),
      )
      await caller.passTime()
      await caller.does('delete', new DeleteSnapshotCommand({ SnapshotId: copy }))
      await caller.refuses(
        'name what is gone',
        'InvalidSnapshot.NotFound',
        new DescribeSnapshotsCommand({ SnapshotIds: [copy] }),
      )
      await caller.refuses(
        'delete what is gone',
        'InvalidSnapshot.NotFound',
        new DeleteSnapshotCommand({ SnapshotId: copy }),
      )
      await caller.refuses(
        'of a missing volume',
        'InvalidVolume.NotFound',
        new CreateSnapshotCommand({ VolumeId: 'vol-0123456789abcdef0' }),
      )
    },
  },
  {
    name: 'who may use a snapshot',
    async play(caller) {
      const VolumeId = await newVolume(caller)
      const { SnapshotId = '' } = await caller.does('create', new CreateSnapshotCommand({ VolumeId }))
      await caller.passTime()
      const asked = { SnapshotId, Attribute: 'createVolumePermission' } as const
      await caller.does(
        'nobody else at first',
        new DescribeSnapshotAttributeCommand(asked),
        ({ CreateVolumePermissions }) => CreateVolumePermissions,
      )
      const Add = [{ UserId: '111122223333' }]
      await caller.does(
        'let another account',
        new ModifySnapshotAttributeCommand({ ...asked, CreateVolumePermission: { Add } }),
      )
      await caller.does(
        'see it',
        new DescribeSnapshotAttributeCommand(asked),
        ({ CreateVolumePermissions }) => CreateVolumePermissions,
      )
    },
  },
]

async function newVolume(caller: Caller): Promise<string> {
  const volume = { AvailabilityZone: 'us-east-1a', Size: 10 }
  const { VolumeId = '' } = await caller.does('create a volume', new CreateVolumeCommand(volume))
  await caller.passTime()
  return VolumeId
}
