import {
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  ModifySubnetAttributeCommand,
} from '@aws-sdk/client-ec2'

import type { Scenario } from '../scenario.ts'

export const networkScenarios: Scenario[] = [
  {
    name: 'the default VPC',
    async play(caller) {
      const { Vpcs } = await caller.does(
        'find it',
        new DescribeVpcsCommand({ Filters: [{ Name: 'is-default', Values: ['true'] }] }),
        (answer) => answer.Vpcs?.map(({ CidrBlock, State, IsDefault }) => [CidrBlock, State, IsDefault]),
      )
      const VpcId = Vpcs?.[0]?.VpcId ?? ''
      await caller.does(
        'find its subnets',
        new DescribeSubnetsCommand({
          Filters: [
            { Name: 'vpc-id', Values: [VpcId] },
            { Name: 'availability-zone', Values: ['us-east-1a', 'us-east-1b'] },
          ],
        }),
        ({ Subnets }) =>
          Subnets?.map((each) => [
            each.AvailabilityZone,
            each.CidrBlock,
            each.State,
            each.DefaultForAz,
            each.MapPublicIpOnLaunch,
            each.AvailableIpAddressCount,
          ]),
      )
      for (const Attribute of ['enableDnsSupport', 'enableDnsHostnames'] as const) {
        await caller.does(
          `ask ${Attribute}`,
          new DescribeVpcAttributeCommand({ VpcId, Attribute }),
          ({ EnableDnsSupport, EnableDnsHostnames }) => [EnableDnsSupport?.Value, EnableDnsHostnames?.Value],
        )
      }
    },
  },
  {
    name: 'VPCs and subnets',
    async play(caller) {
      const { Vpc } = await caller.does(
        'create a VPC',
        new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }),
        (answer) => [answer.Vpc?.CidrBlock, answer.Vpc?.State, answer.Vpc?.IsDefault],
      )
      const VpcId = Vpc?.VpcId ?? ''
      await caller.refuses(
        'create one of a range too large',
        'InvalidVpc.Range',
        new CreateVpcCommand({ CidrBlock: '10.0.0.0/8' }),
      )
      const subnet = { VpcId, CidrBlock: '10.0.1.0/24', AvailabilityZone: 'us-east-1b' }
      const { Subnet } = await caller.does('create a subnet', new CreateSubnetCommand(subnet), (answer) => [
        answer.Subnet?.CidrBlock,
        answer.Subnet?.AvailabilityZone,
        answer.Subnet?.AvailableIpAddressCount,
        answer.Subnet?.MapPublicIpOnLaunch,
      ])
      const SubnetId = Subnet?.SubnetId ?? ''
      await caller.refuses(
        'create one over it',
        'InvalidSubnet.Conflict',
        new CreateSubnetCommand({ ...subnet, CidrBlock: '10.0.1.128/25' }),
      )
      await caller.refuses(
        'create one outside',
        'InvalidSubnet.Range',
        new CreateSubnetCommand({ ...subnet, CidrBlock: '10.1.0.0/24' }),
      )
      await caller.refuses(
        'create one in no zone',
        'InvalidParameterValue',
        new CreateSubnetCommand({ ...subnet, CidrBlock: '10.0.2.0/24', AvailabilityZone: 'us-east-1z' }),
      )
      await caller.does(
        'make it public',
        new ModifySubnetAttributeCommand({ SubnetId, MapPublicIpOnLaunch: { Value: true } }),
      )
      await caller.does('look', new DescribeSubnetsCommand({ SubnetIds: [SubnetId] }), ({ Subnets }) =>
        Subnets?.map(({ MapPublicIpOnLaunch, State }) => [MapPublicIpOnLaunch, State]),
      )
      await caller.refuses('delete the VPC before', 'DependencyViolation', new DeleteVpcCommand({ VpcId }))
      await caller.does('delete the subnet', new DeleteSubnetCommand({ SubnetId }))
      await caller.refuses(
        'delete it again',
        'InvalidSubnetID.NotFound',
        new DeleteSubnetCommand({ SubnetId }),
      )
      await caller.refuses(
        'name it',
        'InvalidSubnetID.NotFound',
        new DescribeSubnetsCommand({ SubnetIds: [SubnetId] }),
      )
      await caller.does('delete the VPC', new DeleteVpcCommand({ VpcId }))
      await caller.refuses(
        'name the VPC',
        'InvalidVpcID.NotFound',
        new DescribeVpcsCommand({ VpcIds: [VpcId] }),
      )
    },
  },
]
