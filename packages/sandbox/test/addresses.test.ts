import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  DisassociateAddressCommand,
  ReleaseAddressCommand,
  RunInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
  type DescribeAddressesCommandInput,
  type EC2Client,
} from '@aws-sdk/client-ec2'
import { describe, expect, test } from 'vitest'

import { testAccount } from './test-account.ts'

const ImageId = 'ami-0123456789abcdef0'
const aMinute = 60_000

/** An account with as many instances, which run. */
async function accountWith(count: number) {
  const account = testAccount({ images: [{ region: 'us-east-1', imageId: ImageId }] })
  const { Instances = [] } = await account.ec2.send(
    new RunInstancesCommand({ ImageId, InstanceType: 't3.micro', MinCount: count, MaxCount: count }),
  )
  await account.sandbox.advance(aMinute)
  const [first = '', second = ''] = Instances.map(({ InstanceId = '' }) => InstanceId)
  return { ...account, first, second }
}

async function allocate(ec2: EC2Client) {
  const { AllocationId = '', PublicIp = '' } = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }))
  return { AllocationId, PublicIp }
}

async function addresses(ec2: EC2Client, input: DescribeAddressesCommandInput = {}) {
  const { Addresses = [] } = await ec2.send(new DescribeAddressesCommand(input))
  return Addresses
}

async function instance(ec2: EC2Client, InstanceId: string) {
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [InstanceId] }))
  return Reservations[0]?.Instances?.[0] ?? {}
}

async function publicIpOf(ec2: EC2Client, id: string) {
  return (await instance(ec2, id)).PublicIpAddress
}

describe('allocation', () => {
  test('an address is allocated with tags, found by them, and released', async () => {
    const { ec2 } = testAccount()
    const made = await ec2.send(
      new AllocateAddressCommand({
        TagSpecifications: [{ ResourceType: 'elastic-ip', Tags: [{ Key: 'group', Value: 'bee' }] }],
      }),
    )
    const { AllocationId, PublicIp } = made
    expect(made).toMatchObject({
      AllocationId: expect.stringMatching(/^eipalloc-[0-9a-f]{17}$/) as string,
      Domain: 'vpc',
      PublicIpv4Pool: 'amazon',
      NetworkBorderGroup: 'us-east-1',
    })
    const other = await allocate(ec2)
    expect(other.PublicIp).not.toBe(PublicIp)
    const found = await addresses(ec2, { Filters: [{ Name: 'tag:group', Values: ['bee'] }] })
    expect(found).toEqual([
      {
        AllocationId,
        PublicIp,
        Domain: 'vpc',
        PublicIpv4Pool: 'amazon',
        NetworkBorderGroup: 'us-east-1',
        Tags: [{ Key: 'group', Value: 'bee' }],
      },
    ])
    await ec2.send(new ReleaseAddressCommand({ AllocationId }))
    expect(await addresses(ec2)).toMatchObject([{ AllocationId: other.AllocationId }])
    await expect(ec2.send(new ReleaseAddressCommand({ AllocationId }))).rejects.toMatchObject({
      Code: 'InvalidAllocationID.NotFound',
      message: `The allocation ID '${AllocationId ?? ''}' does not exist`,
    })
  })

  test('the hundred and first address of a region is refused until one is released', async () => {
    const { ec2 } = testAccount()
    const made = []
    for (let count = 0; count < 100; count++) made.push(await allocate(ec2))
    expect(new Set(made.map(({ PublicIp }) => PublicIp)).size).toBe(100)
    await expect(allocate(ec2)).rejects.toMatchObject({ Code: 'AddressLimitExceeded' })
    await ec2.send(new ReleaseAddressCommand({ AllocationId: made[50]?.AllocationId }))
    await allocate(ec2)
  })

  test.each([
    ['InvalidParameterValue', { Domain: 'standard' as const }],
    ['InvalidParameterValue', { NetworkBorderGroup: 'us-west-2' }],
    ['InvalidPublicIpv4PoolID.NotFound', { PublicIpv4Pool: 'ipv4pool-ec2-012345678' }],
    ['InvalidAddress.NotFound', { Address: '203.0.113.5' }],
  ])('%s answers an address from elsewhere: %o', async (Code, input) => {
    const { ec2 } = testAccount()
    await expect(ec2.send(new AllocateAddressCommand(input))).rejects.toMatchObject({ Code })
    expect(await addresses(ec2)).toEqual([])
  })
})

describe('association', () => {
  test('the instance is reached at its elastic address, and gets another of its own when that goes', async () => {
    const { ec2, first } = await accountWith(1)
    const before = await instance(ec2, first)
    const { AllocationId, PublicIp } = await allocate(ec2)
    const { AssociationId } = await ec2.send(new AssociateAddressCommand({ InstanceId: first, AllocationId }))
    expect(AssociationId).toMatch(/^eipassoc-[0-9a-f]{17}$/)
    expect(await publicIpOf(ec2, first)).toBe(PublicIp)
    expect(await addresses(ec2)).toMatchObject([
      {
        AssociationId,
        InstanceId: first,
        NetworkInterfaceId: before.NetworkInterfaces?.[0]?.NetworkInterfaceId,
        NetworkInterfaceOwnerId: '123456789012',
        PrivateIpAddress: before.PrivateIpAddress,
      },
    ])
    await ec2.send(new DisassociateAddressCommand({ AssociationId }))
    const after = await publicIpOf(ec2, first)
    expect(after).toMatch(/^127\./)
    expect(after).not.toBe(PublicIp)
    expect((await addresses(ec2))[0]).not.toHaveProperty('AssociationId')
    await expect(ec2.send(new DisassociateAddressCommand({ AssociationId }))).rejects.toMatchObject({
      Code: 'InvalidAssociationID.NotFound',
    })
  })

  test('the public address that an instance had before is free for others', async () => {
    const { ec2, first } = await accountWith(1)
    const own = await publicIpOf(ec2, first)
    const { AllocationId } = await allocate(ec2)
    await ec2.send(new AssociateAddressCommand({ InstanceId: first, AllocationId }))
    expect((await allocate(ec2)).PublicIp).toBe(own)
  })

  test('repeating an association keeps it', async () => {
    const { ec2, first } = await accountWith(1)
    const { AllocationId, PublicIp } = await allocate(ec2)
    const once = await ec2.send(new AssociateAddressCommand({ InstanceId: first, AllocationId }))
    const again = await ec2.send(
      new AssociateAddressCommand({ InstanceId: first, PublicIp, AllowReassociation: false }),
    )
    expect(again.AssociationId).toBe(once.AssociationId)
  })

  test('an address moves to another instance only where that is allowed', async () => {
    const { ec2, first, second } = await accountWith(2)
    const { AllocationId, PublicIp } = await allocate(ec2)
    const { AssociationId } = await ec2.send(new AssociateAddressCommand({ InstanceId: first, AllocationId }))
    const move = { InstanceId: second, AllocationId }
    await expect(ec2.send(new AssociateAddressCommand(move))).rejects.toMatchObject({
      Code: 'Resource.AlreadyAssociated',
      message: `resource ${AllocationId} is already associated with associate-id ${AssociationId ?? ''}`,
    })
    const moved = await ec2.send(new AssociateAddressCommand({ ...move, AllowReassociation: true }))
    expect(moved.AssociationId).not.toBe(AssociationId)
    expect(await publicIpOf(ec2, second)).toBe(PublicIp)
    expect(await publicIpOf(ec2, first)).toMatch(/^127\./)
    expect(await publicIpOf(ec2, first)).not.toBe(PublicIp)
    expect(await addresses(ec2)).toMatchObject([{ InstanceId: second }])
  })

  test('an instance loses the elastic address that it had to the next one', async () => {
    const { ec2, first } = await accountWith(1)
    const old = await allocate(ec2)
    const next = await allocate(ec2)
    await ec2.send(new AssociateAddressCommand({ InstanceId: first, AllocationId: old.AllocationId }))
    const wanted = { InstanceId: first, AllocationId: next.AllocationId }
    await expect(
      ec2.send(new AssociateAddressCommand({ ...wanted, AllowReassociation: false })),
    ).rejects.toMatchObject({ Code: 'Resource.AlreadyAssociated' })
    await ec2.send(new AssociateAddressCommand(wanted))
    expect(await publicIpOf(ec2, first)).toBe(next.PublicIp)
    await ec2.send(new ReleaseAddressCommand({ AllocationId: old.AllocationId }))
  })

  test('a network interface and its private address stand for their instance', async () => {
    const { ec2, first } = await accountWith(1)
    const { NetworkInterfaces = [], PrivateIpAddress } = await instance(ec2, first)
    const NetworkInterfaceId = NetworkInterfaces[0]?.NetworkInterfaceId
    const { AllocationId } = await allocate(ec2)
    const request = { NetworkInterfaceId, AllocationId }
    await expect(
      ec2.send(new AssociateAddressCommand({ ...request, PrivateIpAddress: '10.9.9.9' })),
    ).rejects.toMatchObject({ Code: 'InvalidParameterValue' })
    await ec2.send(new AssociateAddressCommand({ ...request, PrivateIpAddress }))
    expect(await addresses(ec2)).toMatchObject([{ InstanceId: first, NetworkInterfaceId }])
  })

  test('an instance that is pending, stopping or terminated is in no state for it', async () => {
    const { sandbox, ec2, first } = await accountWith(1)
    const { NetworkInterfaces = [] } = await instance(ec2, first)
    const { AllocationId } = await allocate(ec2)
    const associate = () => ec2.send(new AssociateAddressCommand({ InstanceId: first, AllocationId }))
    const refused = (state: string) => ({
      Code: 'InvalidInstanceID',
      message: `The ${state} instance '${first}' is not in a valid state for this operation.`,
    })
    await ec2.send(new StopInstancesCommand({ InstanceIds: [first] }))
    await expect(associate()).rejects.toMatchObject(refused('stopping'))
    await sandbox.advance(aMinute)
    await ec2.send(new StartInstancesCommand({ InstanceIds: [first] }))
    await expect(associate()).rejects.toMatchObject(refused('pending'))
    const NetworkInterfaceId = NetworkInterfaces[0]?.NetworkInterfaceId
    await expect(
      ec2.send(new AssociateAddressCommand({ NetworkInterfaceId, AllocationId })),
    ).rejects.toMatchObject({ Code: 'IncorrectInstanceState' })
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [first] }))
    await sandbox.advance(aMinute)
    await expect(associate()).rejects.toMatchObject(refused('terminated'))
  })

  test('a stopped instance keeps its elastic address, a terminated one does not', async () => {
    const { sandbox, ec2, first } = await accountWith(1)
    const { AllocationId, PublicIp } = await allocate(ec2)
    await ec2.send(new StopInstancesCommand({ InstanceIds: [first] }))
    await sandbox.advance(aMinute)
    await ec2.send(new AssociateAddressCommand({ InstanceId: first, AllocationId }))
    expect(await publicIpOf(ec2, first)).toBe(PublicIp)
    await ec2.send(new StartInstancesCommand({ InstanceIds: [first] }))
    await sandbox.advance(aMinute)
    expect(await publicIpOf(ec2, first)).toBe(PublicIp)
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [first] }))
    expect((await addresses(ec2))[0]).not.toHaveProperty('InstanceId')
    await ec2.send(new ReleaseAddressCommand({ AllocationId }))
  })

  test('an address in use is not released, and disassociating it twice is no error', async () => {
    const { ec2, first } = await accountWith(1)
    const { AllocationId, PublicIp } = await allocate(ec2)
    await ec2.send(new AssociateAddressCommand({ InstanceId: first, PublicIp }))
    await expect(ec2.send(new ReleaseAddressCommand({ AllocationId }))).rejects.toMatchObject({
      Code: 'InvalidIPAddress.InUse',
    })
    await ec2.send(new DisassociateAddressCommand({ PublicIp }))
    await ec2.send(new DisassociateAddressCommand({ PublicIp }))
    await expect(ec2.send(new ReleaseAddressCommand({ PublicIp }))).rejects.toMatchObject({
      Code: 'InvalidParameterValue',
    })
    await ec2.send(new ReleaseAddressCommand({ AllocationId }))
  })

  test('what is missing, contradictory or unknown answers with the codes of AWS', async () => {
    const { ec2, first: InstanceId } = await accountWith(1)
    const { AllocationId, PublicIp } = await allocate(ec2)
    const refusals = [
      ['MissingParameter', { InstanceId }],
      ['MissingParameter', { AllocationId }],
      ['InvalidParameterCombination', { InstanceId, AllocationId, PublicIp }],
      ['InvalidParameterCombination', { InstanceId, NetworkInterfaceId: 'eni-1', AllocationId }],
      ['InvalidAllocationID.NotFound', { InstanceId, AllocationId: 'eipalloc-00000000000000000' }],
      ['InvalidAddress.NotFound', { InstanceId, PublicIp: '203.0.113.5' }],
      ['InvalidInstanceID.NotFound', { InstanceId: 'i-00000000000000000', AllocationId }],
      ['InvalidNetworkInterfaceID.NotFound', { NetworkInterfaceId: 'eni-00000000000000000', AllocationId }],
    ] as const
    for (const [Code, input] of refusals) {
      await expect(ec2.send(new AssociateAddressCommand(input))).rejects.toMatchObject({ Code })
    }
    await expect(ec2.send(new DisassociateAddressCommand({}))).rejects.toMatchObject({
      Code: 'MissingParameter',
    })
  })
})

describe('description', () => {
  test('by allocation, by address, and by each filter', async () => {
    const { ec2, first } = await accountWith(1)
    const used = await allocate(ec2)
    const free = await allocate(ec2)
    await ec2.send(new AssociateAddressCommand({ InstanceId: first, AllocationId: used.AllocationId }))
    const [shown = {}] = await addresses(ec2, { AllocationIds: [used.AllocationId] })
    expect(await addresses(ec2, { PublicIps: [free.PublicIp] })).toMatchObject([free])
    const filters = {
      'allocation-id': used.AllocationId,
      'association-id': shown.AssociationId,
      'instance-id': first,
      'network-interface-id': shown.NetworkInterfaceId,
      'private-ip-address': shown.PrivateIpAddress,
      'public-ip': used.PublicIp,
    }
    for (const [Name, value = ''] of Object.entries(filters)) {
      expect(await addresses(ec2, { Filters: [{ Name, Values: [value] }] }), Name).toEqual([shown])
    }
    expect(await addresses(ec2, { Filters: [{ Name: 'domain', Values: ['vpc'] }] })).toHaveLength(2)
    expect(await addresses(ec2, { Filters: [{ Name: 'tag-key', Values: ['group'] }] })).toEqual([])
    await expect(addresses(ec2, { Filters: [{ Name: 'color', Values: ['red'] }] })).rejects.toMatchObject({
      Code: 'InvalidParameterValue',
    })
    await expect(addresses(ec2, { PublicIps: ['203.0.113.5'] })).rejects.toMatchObject({
      Code: 'InvalidAddress.NotFound',
    })
    await expect(addresses(ec2, { AllocationIds: ['eipalloc-1'] })).rejects.toMatchObject({
      Code: 'InvalidAllocationID.NotFound',
    })
  })

  test('a new address may be missing from the first reads', async () => {
    const { ec2 } = testAccount({ faults: { missingReads: 1 } })
    const { PublicIp } = await allocate(ec2)
    await expect(addresses(ec2, { PublicIps: [PublicIp] })).rejects.toMatchObject({
      Code: 'InvalidAddress.NotFound',
    })
    expect(await addresses(ec2, { PublicIps: [PublicIp] })).toMatchObject([{ PublicIp }])
  })
})
