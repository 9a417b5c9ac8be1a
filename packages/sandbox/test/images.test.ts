import {
  DeregisterImageCommand,
  DescribeImageAttributeCommand,
  DescribeSnapshotsCommand,
  EnableImageDeprecationCommand,
  ModifyImageAttributeCommand,
  ResetImageAttributeCommand,
  RunInstancesCommand,
  StopInstancesCommand,
  paginateDescribeImages,
} from '@aws-sdk/client-ec2'
import { describe, expect, test } from 'vitest'

import { account, canonical, create, image, images, instance } from './image-account.ts'
import { code, ImageId } from './test-account.ts'

describe('public images', () => {
  test('are found by owner, alias, name and id', async () => {
    const { ec2 } = account()
    const ubuntu = await images(ec2, {
      Owners: [canonical],
      Filters: [
        { Name: 'name', Values: ['ubuntu/images/*jammy-22.04-amd64-server-*'] },
        { Name: 'root-device-type', Values: ['ebs'] },
        { Name: 'virtualization-type', Values: ['hvm'] },
        { Name: 'block-device-mapping.volume-size', Values: ['8'] },
      ],
    })
    expect(ubuntu.map(({ CreationDate }) => CreationDate?.slice(0, 10))).toEqual([
      '2024-09-27',
      '2025-01-15',
      '2025-07-12',
    ])
    const amazon = await images(ec2, { Owners: ['amazon'] })
    expect(amazon.length).toBeGreaterThan(0)
    expect(amazon.every(({ OwnerId, Public }) => OwnerId === '137112412989' && Public === true)).toBe(true)
    expect(await images(ec2, { Owners: ['self'] })).toEqual([])
    expect(await images(ec2, { ExecutableUsers: ['self'] })).toEqual([])
    expect(await image(ec2, ImageId)).toMatchObject({ OwnerId: canonical, State: 'available' })
  })

  test('come in pages', async () => {
    const { ec2 } = account()
    const input = { Filters: [{ Name: 'architecture', Values: ['arm64'] }] }
    const sizes: number[] = []
    const ids: (string | undefined)[] = []
    for await (const { Images = [] } of paginateDescribeImages({ client: ec2, pageSize: 5 }, { ...input })) {
      sizes.push(Images.length)
      ids.push(...Images.map((each) => each.ImageId))
    }
    expect(sizes).toEqual([5, 5, 2])
    expect(ids).toEqual((await images(ec2, input)).map((each) => each.ImageId))
  })

  test('are not this account’s to change', async () => {
    const { ec2 } = account()
    const stranger = ec2.send(new DeregisterImageCommand({ ImageId }))
    await expect(stranger).rejects.toEqual(code('AuthFailure', `Not authorized for image:${ImageId}`))
    await expect(image(ec2, 'ami-1')).rejects.toEqual(code('InvalidAMIID.Malformed', 'Invalid id: "ami-1"'))
    const missing = image(ec2, 'ami-0fffffffffffffff0')
    await expect(missing).rejects.toEqual(
      code('InvalidAMIID.NotFound', "The image id '[ami-0fffffffffffffff0]' does not exist"),
    )
    const odd = images(ec2, { Filters: [{ Name: 'colour', Values: ['red'] }] })
    await expect(odd).rejects.toEqual(code('InvalidParameterValue', "The filter 'colour' is invalid"))
  })
})

describe('an image of an instance', () => {
  test('is pending, then available, with a tagged snapshot of each volume and the disk as of now', async () => {
    const all = account()
    const { ec2, sandbox, calls } = all
    const id = await instance(all, {
      BlockDeviceMappings: [{ DeviceName: '/dev/sdf', Ebs: { VolumeSize: 5, VolumeType: 'gp2' } }],
    })
    await ec2.send(new StopInstancesCommand({ InstanceIds: [id] }))
    const Tags = [{ Key: 'role', Value: 'bee' }]
    const made = await create(all, id, {
      Description: 'of bees',
      BlockDeviceMappings: [
        { DeviceName: '/dev/sdf', Ebs: { DeleteOnTermination: false } },
        { DeviceName: '/dev/sdg', Ebs: { VolumeSize: 7, VolumeType: 'gp3' } },
      ],
      TagSpecifications: [
        { ResourceType: 'image', Tags },
        { ResourceType: 'snapshot', Tags },
      ],
    })
    expect(calls).toEqual([`${id} to ${made}`])
    expect(await image(ec2, made)).toMatchObject({ State: 'pending', SourceInstanceId: id })
    await expect(instance(all, { ImageId: made })).rejects.toEqual(code('InvalidAMIID.Unavailable'))
    await sandbox.advance(60_000)
    const [available] = await images(ec2, {
      Owners: ['self'],
      Filters: [{ Name: 'tag:role', Values: ['b*'] }],
    })
    expect(available).toMatchObject({
      ImageId: made,
      State: 'available',
      Description: 'of bees',
      Public: false,
      OwnerId: '123456789012',
      ImageLocation: '123456789012/builder 1',
      SourceImageId: ImageId,
      RootDeviceName: '/dev/sda1',
      BlockDeviceMappings: [
        { DeviceName: '/dev/sda1', Ebs: { VolumeSize: 8, VolumeType: 'gp3', DeleteOnTermination: true } },
        { DeviceName: '/dev/sdf', Ebs: { VolumeSize: 5, VolumeType: 'gp2', DeleteOnTermination: false } },
        { DeviceName: '/dev/sdg', Ebs: { VolumeSize: 7, VolumeType: 'gp3', Encrypted: false } },
      ],
    })
    const { Snapshots = [] } = await ec2.send(new DescribeSnapshotsCommand({ OwnerIds: ['self'] }))
    expect(Snapshots).toHaveLength(2)
    for (const snapshot of Snapshots) {
      const Description = `Created by CreateImage(${id}) for ${made}`
      expect(snapshot).toMatchObject({ State: 'completed', Description, Tags })
    }
    expect(await instance(all, { ImageId: made })).toMatch(/^i-/)
  })

  test('needs a free and well-formed name, and an instance that has run', async () => {
    const all = account()
    const { ec2, calls } = all
    const { Instances = [] } = await ec2.send(
      new RunInstancesCommand({ ImageId, InstanceType: 't3.micro', MinCount: 1, MaxCount: 1 }),
    )
    const pending = create(all, Instances[0]?.InstanceId ?? '')
    await expect(pending).rejects.toEqual(
      code('InvalidParameterValue', "Instance is not in state 'running' or 'stopping' or 'stopped'"),
    )
    const id = await instance(all)
    await expect(create(all, id, { DryRun: true })).rejects.toEqual(code('DryRunOperation'))
    const made = await create(all, id, { Name: "a[1] (b)/c.d_e-f'@" })
    const again = create(all, id, { Name: "a[1] (b)/c.d_e-f'@" })
    await expect(again).rejects.toEqual(code('InvalidAMIName.Duplicate', `is already in use by AMI ${made}`))
    for (const Name of ['ab', 'a:b', 'x'.repeat(129)]) {
      await expect(create(all, id, { Name })).rejects.toEqual(code('InvalidAMIName.Malformed'))
    }
    const TagSpecifications = [{ ResourceType: 'instance' as const, Tags: [{ Key: 'a', Value: 'b' }] }]
    await expect(create(all, id, { TagSpecifications })).rejects.toEqual(code('InvalidParameterValue'))
    expect(calls).toEqual([`${id} to ${made}`])
    expect(await images(ec2, { Owners: ['self'] })).toHaveLength(1)
  })
})

describe('attributes', () => {
  test('share an image with accounts and everyone, and take that back', async () => {
    const all = account()
    const { ec2, sandbox } = all
    const made = { ImageId: await create(all, await instance(all)) }
    const Attribute = 'launchPermission' as const
    const permissions = async () =>
      (await ec2.send(new DescribeImageAttributeCommand({ ...made, Attribute }))).LaunchPermissions
    const modify = (input: object) => ec2.send(new ModifyImageAttributeCommand({ ...made, ...input }))
    const UserId = '210987654321'
    // As Packer names them: twice, and without an OperationType.
    const share = { UserIds: [UserId], LaunchPermission: { Add: [{ UserId }] } }
    await expect(modify(share)).rejects.toEqual(code('InvalidAMIID.Unavailable'))
    await sandbox.advance(60_000)
    await modify(share)
    await modify({ Attribute, OperationType: 'add', UserGroups: ['all'] })
    expect(await permissions()).toEqual([{ Group: 'all' }, { UserId }])
    expect(await images(ec2, { ExecutableUsers: [UserId] })).toMatchObject([{ ...made, Public: true }])
    await modify({ LaunchPermission: { Remove: [{ Group: 'all' }] } })
    expect(await permissions()).toEqual([{ UserId }])
    await expect(modify({ UserIds: ['bee'] })).rejects.toEqual(
      code('InvalidAMIAttributeItemValue', 'Invalid attribute item value "bee" for userId item type.'),
    )
    await ec2.send(new ResetImageAttributeCommand({ ...made, Attribute }))
    expect(await permissions()).toEqual([])
    await modify({ Description: { Value: 'of bees' } })
    const description = { ...made, Attribute: 'description' } as const
    expect(await ec2.send(new DescribeImageAttributeCommand(description))).toMatchObject({
      ...made,
      Description: { Value: 'of bees' },
    })
    await expect(modify({})).rejects.toEqual(code('InvalidParameterCombination', 'No attributes specified.'))
  })

  test('a deprecation is kept to the minute, and hides the image from nobody who owns it', async () => {
    const all = account()
    const { ec2, sandbox } = all
    const made = { ImageId: await create(all, await instance(all)) }
    const deprecate = (time: number) =>
      ec2.send(new EnableImageDeprecationCommand({ ...made, DeprecateAt: new Date(time) }))
    await expect(deprecate(sandbox.now() - 3_600_000)).rejects.toEqual(code('InvalidParameterValue'))
    const hour = 3_600_000
    const nextHour = Math.ceil(sandbox.now() / hour) * hour + hour
    await deprecate(nextHour + 20_000)
    await sandbox.advance(3 * hour)
    const DeprecationTime = new Date(nextHour).toISOString()
    expect(await images(ec2, { Owners: ['self'] })).toMatchObject([{ ...made, DeprecationTime }])
  })
})
