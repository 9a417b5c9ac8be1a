import { AllocateAddressCommand, AssociateAddressCommand, ReleaseAddressCommand } from '@aws-sdk/client-ec2'
import { describe, expect, test } from 'vitest'

import { accountWith, addresses, allocate } from './address-account.ts'
import { testAccount } from './test-account.ts'

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
