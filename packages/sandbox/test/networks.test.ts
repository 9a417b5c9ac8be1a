import {
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  ModifySubnetAttributeCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2'
import { expect, test } from 'vitest'

import { testAccount } from './test-account.ts'

test('a new account has a default VPC with a public subnet in each zone', async () => {
  const { ec2 } = testAccount()
  const { Vpcs } = await ec2.send(
    new DescribeVpcsCommand({ Filters: [{ Name: 'is-default', Values: ['true'] }] }),
  )
  expect(Vpcs).toMatchObject([{ CidrBlock: '172.31.0.0/16', State: 'available' }])
  const { Subnets } = await ec2.send(
    new DescribeSubnetsCommand({
      Filters: [
        { Name: 'default-for-az', Values: ['true'] },
        { Name: 'availabilityZone', Values: ['us-east-1b', 'us-east-1c'] },
      ],
    }),
  )
  expect(Subnets).toMatchObject([
    { AvailabilityZone: 'us-east-1b', AvailableIpAddressCount: 4091, MapPublicIpOnLaunch: true },
    { AvailabilityZone: 'us-east-1c', CidrBlock: '172.31.32.0/20' },
  ])
})

test('a subnet lies within its VPC and beside the others', async () => {
  const { ec2 } = testAccount()
  const VpcId = await newVpc(ec2, '10.0.0.0/16')
  const create = (CidrBlock: string, AvailabilityZone?: string) =>
    ec2.send(
      new CreateSubnetCommand({
        VpcId,
        CidrBlock,
        ...(AvailabilityZone !== undefined && { AvailabilityZone }),
      }),
    )
  const { Subnet } = await create('10.0.1.77/24', 'us-east-1d')
  expect(Subnet).toMatchObject({
    CidrBlock: '10.0.1.0/24',
    AvailabilityZone: 'us-east-1d',
    AvailableIpAddressCount: 251,
    DefaultForAz: false,
    MapPublicIpOnLaunch: false,
  })
  await expect(create('10.0.1.128/25')).rejects.toMatchObject({ Code: 'InvalidSubnet.Conflict' })
  await expect(create('10.1.0.0/24')).rejects.toMatchObject({ Code: 'InvalidSubnet.Range' })
  await expect(create('10.0.2.0/29')).rejects.toMatchObject({ Code: 'InvalidSubnet.Range' })
  await expect(create('10.0.2.0')).rejects.toMatchObject({ Code: 'InvalidParameterValue' })
  await expect(create('10.0.2.0/24', 'us-east-1z')).rejects.toMatchObject({
    message: 'Invalid availability zone: [us-east-1z]',
  })
})

test('a subnet gives public addresses once it is told to', async () => {
  const { ec2 } = testAccount()
  const VpcId = await newVpc(ec2, '10.0.0.0/16')
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.0.0/24' }))
  const { SubnetId = '' } = Subnet ?? {}
  await ec2.send(new ModifySubnetAttributeCommand({ SubnetId, MapPublicIpOnLaunch: { Value: true } }))
  const { Subnets } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [SubnetId] }))
  expect(Subnets).toMatchObject([{ MapPublicIpOnLaunch: true }])
  const EnableDns64 = { Value: true }
  await expect(ec2.send(new ModifySubnetAttributeCommand({ SubnetId, EnableDns64 }))).rejects.toMatchObject({
    Code: 'UnsupportedOperation',
  })
})

test('a VPC goes when nothing but its default group is left in it', async () => {
  const { ec2 } = testAccount()
  const VpcId = await newVpc(ec2, '10.0.0.0/16')
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.0.0/24' }))
  const { SubnetId = '' } = Subnet ?? {}
  const remove = () => ec2.send(new DeleteVpcCommand({ VpcId }))
  await expect(remove()).rejects.toMatchObject({
    Code: 'DependencyViolation',
    message: `The vpc '${VpcId}' has dependencies and cannot be deleted.`,
  })
  await ec2.send(new DeleteSubnetCommand({ SubnetId }))
  await remove()
  await expect(ec2.send(new DescribeVpcsCommand({ VpcIds: [VpcId] }))).rejects.toMatchObject({
    Code: 'InvalidVpcID.NotFound',
    message: `The vpc ID '${VpcId}' does not exist`,
  })
  await expect(ec2.send(new DescribeSubnetsCommand({ SubnetIds: [SubnetId] }))).rejects.toMatchObject({
    Code: 'InvalidSubnetID.NotFound',
  })
  const group = { GroupName: 'bee', Description: 'd', VpcId }
  await expect(ec2.send(new CreateSecurityGroupCommand(group))).rejects.toMatchObject({
    Code: 'InvalidVpcID.NotFound',
  })
})

test('there are five VPCs at most, and only default ones name their hosts', async () => {
  const { ec2 } = testAccount()
  const ids: string[] = []
  for (const second of [0, 1, 2, 3]) ids.push(await newVpc(ec2, `10.${String(second)}.0.0/16`))
  await expect(newVpc(ec2, '10.9.0.0/16')).rejects.toMatchObject({ Code: 'VpcLimitExceeded' })
  const input = { VpcId: ids[0] ?? '', Attribute: 'enableDnsHostnames' as const }
  expect(await ec2.send(new DescribeVpcAttributeCommand(input))).toMatchObject({
    EnableDnsHostnames: { Value: false },
  })
})

async function newVpc(ec2: EC2Client, CidrBlock: string): Promise<string> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock }))
  return Vpc?.VpcId ?? ''
}
