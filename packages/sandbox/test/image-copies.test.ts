import {
  CopyImageCommand,
  DeleteSnapshotCommand,
  DeregisterImageCommand,
  DescribeSnapshotsCommand,
  DisableImageDeregistrationProtectionCommand,
  EnableImageDeregistrationProtectionCommand,
  RegisterImageCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2'
import { describe, expect, test } from 'vitest'

import { account, canonical, create, image, images, instance, rootSnapshot } from './image-account.ts'
import { code } from './test-account.ts'

describe('a deregistered image', () => {
  test('is gone, frees its name, and takes its snapshots along when asked to', async () => {
    const all = account()
    const { ec2, calls } = all
    const id = await instance(all)
    const first = await create(all, id)
    const snapshot = await rootSnapshot(ec2, first)
    await expect(ec2.send(new DeleteSnapshotCommand({ SnapshotId: snapshot }))).rejects.toEqual(
      code('InvalidSnapshot.InUse'),
    )
    await ec2.send(new DeregisterImageCommand({ ImageId: first }))
    await expect(image(ec2, first)).rejects.toEqual(code('InvalidAMIID.NotFound'))
    await expect(ec2.send(new DeregisterImageCommand({ ImageId: first }))).rejects.toEqual(
      code('InvalidAMIID.Unavailable', `The image ID '${first}' is no longer available`),
    )
    await ec2.send(new DeleteSnapshotCommand({ SnapshotId: snapshot }))
    expect(calls.at(-1)).toBe(`without ${first}`)
    const second = await create(all, id)
    const input = { ImageId: second, DeleteAssociatedSnapshots: true }
    const SnapshotId = await rootSnapshot(ec2, second)
    expect(await ec2.send(new DeregisterImageCommand(input))).toMatchObject({
      Return: true,
      DeleteSnapshotResults: [{ SnapshotId, ReturnCode: 'success' }],
    })
    expect((await ec2.send(new DescribeSnapshotsCommand({ OwnerIds: ['self'] }))).Snapshots).toEqual([])
    expect(calls.at(-1)).toBe(`without ${second}`)
  })

  test('can be registered again from its snapshot, and keeps its disk as long as that or an instance is there', async () => {
    const all = account()
    const { ec2, sandbox, calls } = all
    const builder = await instance(all)
    const made = await create(all, builder)
    await sandbox.advance(60_000)
    const launched = await instance(all, { ImageId: made })
    const SnapshotId = await rootSnapshot(ec2, made)
    await ec2.send(new DeregisterImageCommand({ ImageId: made }))
    const register = {
      Name: 'again',
      RootDeviceName: '/dev/xvda',
      Architecture: 'x86_64',
      VirtualizationType: 'hvm',
    } as const
    await expect(ec2.send(new RegisterImageCommand(register))).rejects.toEqual(
      code('InvalidBlockDeviceMapping', 'No root snapshot specified'),
    )
    const BlockDeviceMappings = [{ DeviceName: '/dev/xvda', Ebs: { SnapshotId } }]
    const again = await ec2.send(new RegisterImageCommand({ ...register, BlockDeviceMappings }))
    expect(await image(ec2, again.ImageId ?? '')).toMatchObject({
      State: 'available',
      RootDeviceName: '/dev/xvda',
      BlockDeviceMappings: [{ Ebs: { SnapshotId, VolumeSize: 8 } }],
    })
    const whole = { ImageId: again.ImageId, DeleteAssociatedSnapshots: true }
    await ec2.send(new DeregisterImageCommand(whole))
    expect(calls).toEqual([`${builder} to ${made}`])
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [launched] }))
    await sandbox.advance(60_000)
    await ec2.send(new DeregisterImageCommand({ ImageId: await create(all, builder, { Name: 'other' }) }))
    expect(calls.at(-1)).toBe(`without ${made}`)
  })

  test('was not protected from it', async () => {
    const all = account()
    const { ec2, sandbox } = all
    const made = { ImageId: await create(all, await instance(all)) }
    const cooled = new EnableImageDeregistrationProtectionCommand({ ...made, WithCooldown: true })
    expect((await ec2.send(cooled)).Return).toBe('enabled-with-cooldown')
    const deregister = () => ec2.send(new DeregisterImageCommand(made))
    await expect(deregister()).rejects.toEqual(code('OperationNotPermitted'))
    await ec2.send(new DisableImageDeregistrationProtectionCommand(made))
    await sandbox.advance(23 * 3_600_000)
    await expect(deregister()).rejects.toEqual(code('OperationNotPermitted'))
    await sandbox.advance(3_600_000)
    expect((await deregister()).Return).toBe(true)
  })
})

describe('a copy of an image', () => {
  test('has snapshots of its own in its region, and is made once for each client token', async () => {
    const all = account()
    const { ec2, elsewhere, sandbox } = all
    const TagSpecifications = [{ ResourceType: 'image' as const, Tags: [{ Key: 'role', Value: 'bee' }] }]
    const SourceImageId = await create(all, await instance(all), { TagSpecifications })
    const copy = {
      Name: 'builder 1',
      SourceRegion: 'us-east-1',
      SourceImageId,
      ClientToken: 'once',
      CopyImageTags: true,
      Encrypted: true,
    }
    await expect(elsewhere.send(new CopyImageCommand(copy))).rejects.toEqual(code('InvalidAMIID.Unavailable'))
    await sandbox.advance(60_000)
    const { ImageId: made = '' } = await elsewhere.send(new CopyImageCommand(copy))
    expect((await elsewhere.send(new CopyImageCommand(copy))).ImageId).toBe(made)
    const other = elsewhere.send(new CopyImageCommand({ ...copy, Name: 'builder 2' }))
    await expect(other).rejects.toEqual(code('IdempotentParameterMismatch'))
    const unnamed = elsewhere.send(new CopyImageCommand({ ...copy, ClientToken: 'twice' }))
    await expect(unnamed).rejects.toEqual(code('InvalidAMIName.Duplicate'))
    const copied = await image(elsewhere, made)
    expect(copied).toMatchObject({
      State: 'pending',
      SourceImageId,
      SourceImageRegion: 'us-east-1',
      Tags: [{ Key: 'role', Value: 'bee' }],
      BlockDeviceMappings: [{ Ebs: { Encrypted: true, VolumeSize: 8 } }],
    })
    const SnapshotIds = [await rootSnapshot(elsewhere, made)]
    expect(SnapshotIds).not.toEqual([await rootSnapshot(ec2, SourceImageId)])
    const { Snapshots } = await elsewhere.send(new DescribeSnapshotsCommand({ SnapshotIds }))
    expect(Snapshots).toMatchObject([{ Encrypted: true, VolumeId: 'vol-ffffffff' }])
    await sandbox.advance(60_000)
    expect(await image(elsewhere, made)).toMatchObject({ State: 'available' })
  })

  test('boots from the disk of the image that it is a copy of', async () => {
    const all = account()
    const { ec2, sandbox } = all
    const made = await create(all, await instance(all))
    await sandbox.advance(60_000)
    const copy = { SourceRegion: 'us-east-1', SourceImageId: made, Name: 'copy' }
    const { ImageId: copied = '' } = await ec2.send(new CopyImageCommand(copy))
    await sandbox.advance(60_000)
    const id = await instance(all, { ImageId: copied })
    expect(sandbox.machines().find(({ instanceId }) => instanceId === id)?.imageId).toBe(made)
  })

  test('may be of a public image, and leaves the disk to the copies of it', async () => {
    const all = account()
    const { ec2, elsewhere, sandbox, calls } = all
    const [ubuntu] = await images(elsewhere, { Owners: [canonical] })
    const stock = { SourceRegion: 'eu-west-1', SourceImageId: ubuntu?.ImageId, Name: 'ubuntu' }
    expect((await ec2.send(new CopyImageCommand(stock))).ImageId).toMatch(/^ami-/)
    const id = await instance(all)
    const made = await create(all, id)
    await sandbox.advance(60_000)
    const copy = { SourceRegion: 'us-east-1', SourceImageId: made, Name: 'copy' }
    const { ImageId: copied } = await elsewhere.send(new CopyImageCommand(copy))
    const whole = { DeleteAssociatedSnapshots: true }
    await ec2.send(new DeregisterImageCommand({ ImageId: made, ...whole }))
    expect(calls).toEqual([`${id} to ${made}`])
    await elsewhere.send(new DeregisterImageCommand({ ImageId: copied, ...whole }))
    expect(calls).toEqual([`${id} to ${made}`, `without ${made}`])
  })
})
