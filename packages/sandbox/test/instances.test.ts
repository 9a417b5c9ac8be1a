import {
  DeleteKeyPairCommand,
  DescribeInstanceAttributeCommand,
  DescribeInstanceStatusCommand,
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSubnetsCommand,
  DescribeVolumesCommand,
  GetConsoleOutputCommand,
  ImportKeyPairCommand,
  ModifyInstanceAttributeCommand,
  RunInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
  paginateDescribeInstances,
  type EC2Client,
  type RunInstancesCommandInput,
} from '@aws-sdk/client-ec2'
import { describe, expect, test } from 'vitest'

import type { SandboxOptions } from '../src/sandbox.ts'
import { testAccount } from './test-account.ts'

const ImageId = 'ami-0123456789abcdef0'

function account(options: Partial<SandboxOptions> = {}) {
  return testAccount({ images: [{ region: 'us-east-1', imageId: ImageId }], ...options })
}

async function run(ec2: EC2Client, more: Partial<RunInstancesCommandInput> = {}) {
  const { Instances = [] } = await ec2.send(
    new RunInstancesCommand({
      ImageId,
      InstanceType: 't3.micro',
      MinCount: 1,
      MaxCount: 1,
      ...more,
    }),
  )
  return Instances.map(({ InstanceId = '' }) => InstanceId)
}

async function statesOf(ec2: EC2Client, InstanceIds?: string[]) {
  const { Reservations = [] } = await ec2.send(
    new DescribeInstancesCommand(InstanceIds === undefined ? {} : { InstanceIds }),
  )
  return Reservations.flatMap(({ Instances = [] }) => Instances.map(({ State }) => State?.Name))
}

async function one(ec2: EC2Client, id: string) {
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }))
  return Reservations[0]?.Instances?.[0]
}

const code = (name: string) => expect.objectContaining({ name }) as Error

describe('the life of an instance', () => {
  test('is pending, running, stopping, stopped, pending again, and terminated in the end', async () => {
    const { ec2, sandbox } = account()
    const ids = await run(ec2)
    const seen = [await statesOf(ec2, ids)]
    const pass = async (seconds: number) => {
      await sandbox.advance(seconds * 1000)
      seen.push(await statesOf(ec2, ids))
    }
    await pass(20)
    await ec2.send(new StopInstancesCommand({ InstanceIds: ids }))
    await pass(0)
    await pass(20)
    await ec2.send(new StartInstancesCommand({ InstanceIds: ids }))
    await pass(0)
    await pass(20)
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: ids }))
    await pass(0)
    await pass(20)
    expect(seen.flat()).toEqual([
      'pending',
      'running',
      'stopping',
      'stopped',
      'pending',
      'running',
      'shutting-down',
      'terminated',
    ])
  })

  test('a terminated instance is shown for an hour, without address, and then no more', async () => {
    const { ec2, sandbox } = account()
    const [id = ''] = await run(ec2)
    await sandbox.advance(20_000)
    expect((await one(ec2, id))?.PublicIpAddress).toMatch(/^127\./)
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }))
    await sandbox.advance(60_000)
    const instance = await one(ec2, id)
    expect(instance?.State).toEqual({ Code: 48, Name: 'terminated' })
    expect(instance?.PublicIpAddress).toBeUndefined()
    expect(instance?.StateReason?.Code).toBe('Client.UserInitiatedShutdown')
    await sandbox.advance(3_600_000)
    await expect(one(ec2, id)).rejects.toEqual(code('InvalidInstanceID.NotFound'))
  })

  test('statuses are given for 100 ids at most', async () => {
    const { ec2, sandbox } = account()
    const ids = await run(ec2, { MinCount: 101, MaxCount: 101 })
    await sandbox.advance(20_000)
    const some = new DescribeInstanceStatusCommand({ InstanceIds: ids.slice(1) })
    expect((await ec2.send(some)).InstanceStatuses).toHaveLength(100)
    await expect(ec2.send(new DescribeInstanceStatusCommand({ InstanceIds: ids }))).rejects.toEqual(
      code('InvalidRequest'),
    )
  })

  test('status checks come after it runs, and its console later still', async () => {
    const { ec2, sandbox } = account()
    const [id = ''] = await run(ec2, { InstanceType: 't2.micro' })
    const status = async () => {
      const { InstanceStatuses = [] } = await ec2.send(
        new DescribeInstanceStatusCommand({ InstanceIds: [id], IncludeAllInstances: true }),
      )
      return InstanceStatuses[0]?.InstanceStatus?.Status
    }
    const console = async () =>
      Buffer.from(
        (await ec2.send(new GetConsoleOutputCommand({ InstanceId: id }))).Output ?? '',
        'base64',
      ).toString()
    expect([await status(), await console()]).toEqual(['not-applicable', ''])
    await sandbox.advance(20_000)
    expect([await status(), await console()]).toEqual(['initializing', ''])
    await sandbox.advance(60_000)
    expect([await status(), await console()]).toEqual(['ok', expect.stringContaining(`${id} login:`)])
    await expect(ec2.send(new GetConsoleOutputCommand({ InstanceId: id, Latest: true }))).rejects.toEqual(
      code('UnsupportedOperation'),
    )
  })

  test('each start gives another public address, and a stopped one has none', async () => {
    const { ec2, sandbox } = account()
    const [id = ''] = await run(ec2)
    await run(ec2)
    await sandbox.advance(20_000)
    const first = (await one(ec2, id))?.PublicIpAddress
    await ec2.send(new StopInstancesCommand({ InstanceIds: [id] }))
    await sandbox.advance(20_000)
    await run(ec2)
    expect((await one(ec2, id))?.PublicIpAddress).toBeUndefined()
    await ec2.send(new StartInstancesCommand({ InstanceIds: [id] }))
    await sandbox.advance(20_000)
    const second = (await one(ec2, id))?.PublicIpAddress
    expect(second).toBeDefined()
    expect(second).not.toBe(first)
  })

  test('what is asked in the wrong state is refused', async () => {
    const { ec2, sandbox } = account()
    const InstanceIds = await run(ec2)
    await expect(ec2.send(new StopInstancesCommand({ InstanceIds }))).rejects.toEqual(
      code('IncorrectInstanceState'),
    )
    await ec2.send(new TerminateInstancesCommand({ InstanceIds }))
    await sandbox.advance(20_000)
    await expect(ec2.send(new StartInstancesCommand({ InstanceIds }))).rejects.toEqual(
      code('IncorrectInstanceState'),
    )
    await ec2.send(new TerminateInstancesCommand({ InstanceIds }))
  })
})

describe('a launch', () => {
  test('makes volumes and a network interface, and takes along the tags of each kind', async () => {
    const { ec2, sandbox } = account()
    const Tags = [{ Key: 'package:project', Value: 'shop' }]
    const [id = ''] = await run(ec2, {
      BlockDeviceMappings: [{ DeviceName: '/dev/xvdb', Ebs: { VolumeSize: 20, VolumeType: 'gp3' } }],
      TagSpecifications: [
        { ResourceType: 'instance', Tags },
        { ResourceType: 'volume', Tags },
      ],
    })
    await sandbox.advance(20_000)
    const instance = await one(ec2, id)
    expect(instance?.Tags).toEqual(Tags)
    expect(instance?.BlockDeviceMappings?.map(({ DeviceName }) => DeviceName)).toEqual([
      instance?.RootDeviceName,
      '/dev/xvdb',
    ])
    const { Volumes = [] } = await ec2.send(
      new DescribeVolumesCommand({ Filters: [{ Name: 'tag:package:project', Values: ['shop'] }] }),
    )
    expect(Volumes).toHaveLength(2)
    const { NetworkInterfaces = [] } = await ec2.send(
      new DescribeNetworkInterfacesCommand({
        Filters: [{ Name: 'attachment.instance-id', Values: [id] }],
      }),
    )
    expect(NetworkInterfaces[0]?.Association?.PublicIp).toBe(instance?.PublicIpAddress)
  })

  test('its volumes go with it, but for those that are to stay', async () => {
    const { ec2, sandbox } = account()
    const InstanceIds = await run(ec2, {
      BlockDeviceMappings: [{ DeviceName: '/dev/xvdb', Ebs: { VolumeSize: 20, DeleteOnTermination: false } }],
    })
    await sandbox.advance(20_000)
    await ec2.send(new TerminateInstancesCommand({ InstanceIds }))
    await sandbox.advance(20_000)
    const { Volumes = [] } = await ec2.send(new DescribeVolumesCommand({}))
    expect(Volumes.map(({ Size, State }) => [Size, State])).toEqual([[20, 'available']])
  })

  test('with the same client token is made once; with another request it is refused', async () => {
    const { ec2, sandbox } = account()
    const first = await run(ec2, { ClientToken: 'once', MaxCount: 3, MinCount: 3 })
    const again = await run(ec2, { ClientToken: 'once', MaxCount: 3, MinCount: 3 })
    expect(again).toEqual(first)
    expect(await statesOf(ec2)).toHaveLength(3)
    await expect(run(ec2, { ClientToken: 'once' })).rejects.toEqual(code('IdempotentParameterMismatch'))
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: first }))
    await sandbox.advance(20_000)
    await expect(run(ec2, { ClientToken: 'once', MaxCount: 3, MinCount: 3 })).rejects.toEqual(
      code('IdempotentInstanceTerminated'),
    )
  })

  test.each<[string, Partial<RunInstancesCommandInput>]>([
    ['InvalidAMIID.NotFound', { ImageId: 'ami-00000000000000000' }],
    ['InvalidAMIID.Malformed', { ImageId: 'ubuntu' }],
    ['InvalidParameterValue', { InstanceType: 'x9.huge' as 't3.micro' }],
    ['InvalidParameterValue', { InstanceType: 't4g.micro' }],
    ['Unsupported', { Placement: { AvailabilityZone: 'us-east-1e' } }],
    ['InvalidKeyPair.NotFound', { KeyName: 'nobody' }],
    ['InvalidSubnetID.NotFound', { SubnetId: 'subnet-00000000000000000' }],
    ['InvalidGroup.NotFound', { SecurityGroupIds: ['sg-00000000000000000'] }],
    ['InvalidParameterValue', { MinCount: 2, MaxCount: 1 }],
    ['InvalidParameterValue', { UserData: Buffer.alloc(16_385).toString('base64') }],
    ['InvalidUserData.Malformed', { UserData: '#!/bin/sh' }],
    ['InvalidParameterValue', { IamInstanceProfile: { Name: 'not a name' } }],
    ['InsufficientFreeAddressesInSubnet', { MinCount: 5000, MaxCount: 5000 }],
    ['DryRunOperation', { DryRun: true }],
  ])('is refused with %s where it has to be (%#)', async (refusal, more) => {
    const { ec2 } = account()
    await expect(run(ec2, more)).rejects.toEqual(code(refusal))
    expect(await statesOf(ec2)).toEqual([])
    const { Volumes } = await ec2.send(new DescribeVolumesCommand({}))
    expect(Volumes ?? []).toEqual([])
  })

  test('into a subnet by a network interface, as Packer asks for it, follows its word on public addresses', async () => {
    const { ec2, sandbox } = account()
    const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}))
    const SubnetId = Subnets[0]?.SubnetId ?? ''
    const [id = ''] = await run(ec2, {
      NetworkInterfaces: [{ DeviceIndex: 0, SubnetId, AssociatePublicIpAddress: false }],
    })
    await sandbox.advance(20_000)
    const instance = await one(ec2, id)
    expect(instance?.SubnetId).toBe(SubnetId)
    expect(instance?.PublicIpAddress).toBeUndefined()
  })

  test('takes 500 at once, which are found page by page', async () => {
    const { ec2, sandbox } = account()
    await run(ec2, { MinCount: 500, MaxCount: 500 })
    await sandbox.advance(20_000)
    const found: string[] = []
    let pages = 0
    for await (const { Reservations = [] } of paginateDescribeInstances({ client: ec2, pageSize: 200 }, {})) {
      pages += 1
      found.push(
        ...Reservations.flatMap(({ Instances = [] }) => Instances.map(({ InstanceId = '' }) => InstanceId)),
      )
    }
    expect([pages, new Set(found).size]).toEqual([3, 500])
    const addresses = sandbox.machines().map(({ address }) => address)
    expect(new Set(addresses).size).toBe(500)
  })

  test('is not seen by the next reads where reads lag', async () => {
    const { ec2 } = account({ faults: { missingReads: 2 } })
    const ids = await run(ec2)
    await expect(statesOf(ec2, ids)).rejects.toEqual(code('InvalidInstanceID.NotFound'))
    expect(await statesOf(ec2)).toEqual([])
    expect(await statesOf(ec2, ids)).toEqual(['pending'])
  })
})

describe('attributes', () => {
  test('termination protection keeps all the instances of the call', async () => {
    const { ec2 } = account()
    const [id = ''] = await run(ec2, { DisableApiTermination: true })
    const InstanceIds = [id, ...(await run(ec2))]
    await expect(ec2.send(new TerminateInstancesCommand({ InstanceIds }))).rejects.toEqual(
      code('OperationNotPermitted'),
    )
    expect(await statesOf(ec2)).toEqual(['pending', 'pending'])
    await ec2.send(
      new ModifyInstanceAttributeCommand({ InstanceId: id, DisableApiTermination: { Value: false } }),
    )
    const { DisableApiTermination } = await ec2.send(
      new DescribeInstanceAttributeCommand({ InstanceId: id, Attribute: 'disableApiTermination' }),
    )
    expect(DisableApiTermination?.Value).toBe(false)
    await ec2.send(new TerminateInstancesCommand({ InstanceIds }))
  })

  test('the type changes only while it is stopped', async () => {
    const { ec2, sandbox } = account()
    const [id = ''] = await run(ec2)
    await sandbox.advance(20_000)
    const grow = new ModifyInstanceAttributeCommand({ InstanceId: id, InstanceType: { Value: 't3.large' } })
    await expect(ec2.send(grow)).rejects.toEqual(code('IncorrectInstanceState'))
    await ec2.send(new StopInstancesCommand({ InstanceIds: [id] }))
    await sandbox.advance(20_000)
    await ec2.send(grow)
    expect((await one(ec2, id))?.InstanceType).toBe('t3.large')
  })

  test('user data comes back as it was given', async () => {
    const { ec2 } = account()
    const UserData = Buffer.from('#!/bin/sh\necho grün\n').toString('base64')
    const [id = ''] = await run(ec2, { UserData })
    const answer = await ec2.send(
      new DescribeInstanceAttributeCommand({ InstanceId: id, Attribute: 'userData' }),
    )
    expect(answer.UserData?.Value).toBe(UserData)
  })
})

test('the key pair stays the machine’s when it is deleted in the account', async () => {
  const { ec2, sandbox } = account()
  const publicKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJd8dSTIBtgaPLdXfCUjKfC7A/rPNkCvlnTqjfJd1L2T someone'
  await ec2.send(new ImportKeyPairCommand({ KeyName: 'ops', PublicKeyMaterial: Buffer.from(publicKey) }))
  const [id = ''] = await run(ec2, { KeyName: 'ops' })
  await ec2.send(new DeleteKeyPairCommand({ KeyName: 'ops' }))
  await sandbox.advance(20_000)
  const [machine] = sandbox.machines()
  expect(machine?.authorizedKeys[0]).toContain('AAAAC3NzaC1lZDI1NTE5AAAAIJd8dSTIBtgaPLdXfCUjKfC7A')
  expect((await one(ec2, id))?.KeyName).toBe('ops')
})
