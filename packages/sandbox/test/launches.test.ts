import {
  DescribeNetworkInterfacesCommand,
  DescribeSubnetsCommand,
  DescribeVolumesCommand,
  TerminateInstancesCommand,
  paginateDescribeInstances,
  type RunInstancesCommandInput,
} from '@aws-sdk/client-ec2'
import { describe, expect, test } from 'vitest'

import { account, one, run, statesOf } from './instance-account.ts'
import { code } from './test-account.ts'

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
