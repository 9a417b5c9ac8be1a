import {
  AssociateAddressCommand,
  DisassociateAddressCommand,
  ReleaseAddressCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2'
import { describe, expect, test } from 'vitest'

import { aMinute, accountWith, addresses, allocate, instance, publicIpOf } from './address-account.ts'

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
