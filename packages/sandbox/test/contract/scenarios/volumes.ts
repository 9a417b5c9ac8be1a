import {
  CreateVolumeCommand,
  DeleteVolumeCommand,
  DescribeVolumesCommand,
  ModifyVolumeCommand,
  type Volume,
} from '@aws-sdk/client-ec2'

import type { Scenario } from '../scenario.ts'

const AvailabilityZone = 'us-east-1a'
const missing = 'vol-0123456789abcdef0'

export const volumeScenarios: Scenario[] = [
  {
    name: 'volumes',
    async play(caller) {
      const { VolumeId = '' } = await caller.does(
        'create',
        new CreateVolumeCommand({
          AvailabilityZone,
          Size: 10,
          VolumeType: 'gp3',
          TagSpecifications: [{ ResourceType: 'volume', Tags: [{ Key: 'group', Value: 'bee' }] }],
        }),
        settings,
      )
      await caller.passTime()
      await caller.does('look', new DescribeVolumesCommand({ VolumeIds: [VolumeId] }), ({ Volumes }) =>
        Volumes?.map((volume) => [...settings(volume), volume.State, volume.Tags]),
      )
      await caller.does(
        'find by its parts',
        new DescribeVolumesCommand({
          Filters: [
            { Name: 'size', Values: ['10'] },
            { Name: 'status', Values: ['available'] },
            { Name: 'availability-zone', Values: [AvailabilityZone] },
            { Name: 'tag:group', Values: ['bee'] },
          ],
        }),
        ({ Volumes }) => Volumes?.length,
      )
      await caller.does(
        'make it larger',
        new ModifyVolumeCommand({ VolumeId, Size: 20 }),
        ({ VolumeModification: made }) => [made?.OriginalSize, made?.TargetSize],
      )
      await caller.refuses(
        'make it smaller',
        'InvalidParameterValue',
        new ModifyVolumeCommand({ VolumeId, Size: 15 }),
      )
      await caller.does('delete', new DeleteVolumeCommand({ VolumeId }))
      await caller.passTime()
      await caller.refuses(
        'name what is gone',
        'InvalidVolume.NotFound',
        new DescribeVolumesCommand({ VolumeIds: [VolumeId] }),
      )
    },
  },
  {
    name: 'volumes that are refused',
    async play(caller) {
      const create = { AvailabilityZone, Size: 10 }
      await caller.refuses(
        'a dry run',
        'DryRunOperation',
        new CreateVolumeCommand({ ...create, DryRun: true }),
      )
      await caller.refuses(
        'a missing zone',
        'InvalidZone.NotFound',
        new CreateVolumeCommand({ ...create, AvailabilityZone: 'us-east-1z' }),
      )
      await caller.refuses('no size', 'MissingParameter', new CreateVolumeCommand({ AvailabilityZone }))
      await caller.refuses(
        'IOPS beyond gp2',
        'InvalidParameterCombination',
        new CreateVolumeCommand({ ...create, VolumeType: 'gp2', Iops: 3000 }),
      )
      await caller.refuses(
        'io1 without IOPS',
        'InvalidParameterCombination',
        new CreateVolumeCommand({ ...create, VolumeType: 'io1' }),
      )
      await caller.refuses(
        'delete a missing one',
        'InvalidVolume.NotFound',
        new DeleteVolumeCommand({ VolumeId: missing }),
      )
      await caller.refuses(
        'modify a missing one',
        'InvalidVolume.NotFound',
        new ModifyVolumeCommand({ VolumeId: missing, Size: 5 }),
      )
    },
  },
]

function settings({ VolumeType, Size, Iops, Encrypted }: Volume): unknown[] {
  return [VolumeType, Size, Iops, Encrypted]
}
