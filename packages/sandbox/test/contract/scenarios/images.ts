import {
  CopyImageCommand,
  CreateImageCommand,
  CreateSnapshotCommand,
  CreateVolumeCommand,
  DeleteSnapshotCommand,
  DeregisterImageCommand,
  DescribeImageAttributeCommand,
  DescribeImagesCommand,
  ModifyImageAttributeCommand,
  RegisterImageCommand,
  type DescribeImagesResult,
} from '@aws-sdk/client-ec2'

import type { Caller } from '../caller.ts'
import { motoImage, type Scenario } from '../scenario.ts'
import { launched } from './launched.ts'

export const imageScenarios: Scenario[] = [
  {
    name: 'images of an instance',
    async play(caller) {
      const InstanceId = await launched(caller)
      const create = { InstanceId, Name: 'bee', Description: 'of bees' }
      await caller.refuses(
        'a dry run',
        'DryRunOperation',
        new CreateImageCommand({ ...create, DryRun: true }),
      )
      const { ImageId = '' } = await caller.does(
        'create',
        new CreateImageCommand({
          ...create,
          TagSpecifications: [{ ResourceType: 'image', Tags: [{ Key: 'group', Value: 'bee' }] }],
        }),
      )
      await caller.passTime()
      await caller.does(
        'find it',
        new DescribeImagesCommand({
          Owners: ['self'],
          Filters: [
            { Name: 'name', Values: ['be*'] },
            { Name: 'tag:group', Values: ['bee'] },
            { Name: 'state', Values: ['available'] },
          ],
        }),
        facts,
      )
      await caller.refuses(
        'delete its snapshot',
        'InvalidSnapshot.InUse',
        new DeleteSnapshotCommand({ SnapshotId: await snapshotOf(caller, ImageId) }),
      )
      await caller.does(
        'copy',
        new CopyImageCommand({ SourceImageId: ImageId, SourceRegion: 'us-east-1', Name: 'wasp' }),
      )
      await caller.passTime()
      await caller.does(
        'find the copy',
        new DescribeImagesCommand({ Owners: ['self'], Filters: [{ Name: 'name', Values: ['wasp'] }] }),
        ({ Images }) => Images?.map(({ Name, State, Architecture }) => [Name, State, Architecture]),
      )
      await caller.does('deregister', new DeregisterImageCommand({ ImageId }), ({ Return }) => Return)
      await caller.refuses(
        'deregister again',
        'InvalidAMIID.Unavailable',
        new DeregisterImageCommand({ ImageId }),
      )
      await caller.does(
        'find it no more',
        new DescribeImagesCommand({ Owners: ['self'], Filters: [{ Name: 'name', Values: ['bee'] }] }),
        ({ Images }) => Images?.length,
      )
    },
  },
  {
    name: 'names of images',
    async play(caller) {
      const InstanceId = await launched(caller)
      const create = new CreateImageCommand({ InstanceId, Name: 'bee' })
      await caller.does('create', create)
      await caller.refuses('the same name', 'InvalidAMIName.Duplicate', create)
      await caller.refuses(
        'a name too short',
        'InvalidAMIName.Malformed',
        new CreateImageCommand({ InstanceId, Name: 'b' }),
      )
    },
  },
  {
    name: 'who may launch an image',
    async play(caller) {
      const InstanceId = await launched(caller)
      const { ImageId = '' } = await caller.does(
        'create',
        new CreateImageCommand({ InstanceId, Name: 'bee' }),
      )
      await caller.passTime()
      const permission = { ImageId, Attribute: 'launchPermission' } as const
      await caller.does(
        'nobody else at first',
        new DescribeImageAttributeCommand(permission),
        ({ LaunchPermissions }) => LaunchPermissions,
      )
      await caller.does(
        'let another account',
        new ModifyImageAttributeCommand({
          ImageId,
          LaunchPermission: { Add: [{ UserId: '111122223333' }] },
        }),
      )
      await caller.does(
        'see it',
        new DescribeImageAttributeCommand(permission),
        ({ LaunchPermissions }) => LaunchPermissions,
      )
      await caller.does(
        'take it back',
        new ModifyImageAttributeCommand({
          ImageId,
          LaunchPermission: { Remove: [{ UserId: '111122223333' }] },
        }),
      )
      await caller.does(
        'see that',
        new DescribeImageAttributeCommand(permission),
        ({ LaunchPermissions }) => LaunchPermissions,
      )
    },
  },
  {
    name: 'registered images',
    async play(caller) {
      const { VolumeId } = await caller.does(
        'create a volume',
        new CreateVolumeCommand({ AvailabilityZone: 'us-east-1a', Size: 10 }),
      )
      await caller.passTime()
      const { SnapshotId } = await caller.does('take a snapshot', new CreateSnapshotCommand({ VolumeId }))
      await caller.passTime()
      const { ImageId = '' } = await caller.does(
        'register',
        new RegisterImageCommand({
          Name: 'bee',
          Architecture: 'x86_64',
          VirtualizationType: 'hvm',
          RootDeviceName: '/dev/sda1',
          BlockDeviceMappings: [{ DeviceName: '/dev/sda1', Ebs: { SnapshotId } }],
        }),
      )
      await caller.does('look', new DescribeImagesCommand({ ImageIds: [ImageId] }), ({ Images }) =>
        Images?.map(({ Name, State, Public, RootDeviceName }) => [Name, State, Public, RootDeviceName]),
      )
      await caller.does(
        'its architecture',
        new DescribeImagesCommand({ ImageIds: [ImageId] }),
        ({ Images }) => Images?.[0]?.Architecture,
      )
    },
  },
  {
    name: 'images of others',
    async play(caller) {
      await caller.does('one by id', new DescribeImagesCommand({ ImageIds: [motoImage] }), ({ Images }) =>
        Images?.map(({ OwnerId, Public, State, Architecture }) => [OwnerId, Public, State, Architecture]),
      )
      await caller.refuses(
        'a missing one',
        'InvalidAMIID.NotFound',
        new DescribeImagesCommand({ ImageIds: ['ami-0123456789abcdef0'] }),
      )
      await caller.refuses(
        'what is no id',
        'InvalidAMIID.Malformed',
        new DescribeImagesCommand({ ImageIds: ['bee'] }),
      )
      await caller.refuses(
        'of a missing instance',
        'InvalidInstanceID.NotFound',
        new CreateImageCommand({ InstanceId: 'i-0123456789abcdef0', Name: 'bee' }),
      )
      await caller.refuses(
        'deregister a missing one',
        'InvalidAMIID.NotFound',
        new DeregisterImageCommand({ ImageId: 'ami-0123456789abcdef0' }),
      )
    },
  },
]

function facts({ Images }: DescribeImagesResult): unknown {
  return Images?.map((image) => [
    image.Name,
    image.Description,
    image.State,
    image.Public,
    image.Architecture,
    image.RootDeviceName,
    image.OwnerId,
    image.Tags,
  ])
}

async function snapshotOf(caller: Caller, ImageId: string): Promise<string> {
  const { Images } = await caller.does('see its snapshot', new DescribeImagesCommand({ ImageIds: [ImageId] }))
  return Images?.[0]?.BlockDeviceMappings?.[0]?.Ebs?.SnapshotId ?? ''
}
