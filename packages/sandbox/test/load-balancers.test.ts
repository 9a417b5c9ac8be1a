import {
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
} from '@aws-sdk/client-ec2'
import {
  AddTagsCommand,
  DeleteLoadBalancerCommand,
  DeleteTargetGroupCommand,
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  ModifyLoadBalancerAttributesCommand,
  RemoveTagsCommand,
  SetSecurityGroupsCommand,
  SetSubnetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { describe, expect, test } from 'vitest'

import { balancerAccount } from './balancer-account.ts'

describe('a load balancer', () => {
  test('is provisioned, and active after a while', async () => {
    const { createBalancer, elb, sandbox, subnets, vpcId } = await balancerAccount()
    const made = await createBalancer()
    expect(made).toMatchObject({
      LoadBalancerName: 'bee',
      LoadBalancerArn: expect.stringMatching(
        /^arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer\/app\/bee\/[0-9a-f]{16}$/,
      ) as string,
      DNSName: expect.stringMatching(/^bee-\d{10}\.us-east-1\.elb\.amazonaws\.com$/) as string,
      CanonicalHostedZoneId: 'Z35SXDOTRQ7X7K',
      State: { Code: 'provisioning' },
      Type: 'application',
      Scheme: 'internet-facing',
      VpcId: vpcId,
      AvailabilityZones: [
        { ZoneName: 'us-east-1a', SubnetId: subnets[0] },
        { ZoneName: 'us-east-1b', SubnetId: subnets[1] },
      ],
      SecurityGroups: [expect.stringMatching(/^sg-/) as string],
    })
    await sandbox.advance(60_000)
    const shown = await elb.send(new DescribeLoadBalancersCommand({ Names: ['bee'] }))
    expect(shown.LoadBalancers).toMatchObject([{ State: { Code: 'active' }, DNSName: made.DNSName }])
  })

  test('is made once for the same settings, and refused for others', async () => {
    const { createBalancer, subnets } = await balancerAccount()
    const { LoadBalancerArn } = await createBalancer()
    const again = await createBalancer({ Subnets: subnets.slice(0, 2).toReversed() })
    expect(again.LoadBalancerArn).toBe(LoadBalancerArn)
    await expect(createBalancer({ Scheme: 'internal' })).rejects.toMatchObject({
      name: 'DuplicateLoadBalancerNameException',
    })
  })

  test.each([
    ['a'.repeat(33), "cannot be longer than '32' characters"],
    ['bee_hive', 'can only contain characters that are alphanumeric characters or hyphens(-)'],
    ['-bee', "cannot begin or end with '-'"],
    ['bee-', "cannot begin or end with '-'"],
    ['internal-bee', "cannot begin with 'internal-'"],
  ])('has no name like %s', async (Name, words) => {
    const { createBalancer } = await balancerAccount()
    await expect(createBalancer({ Name })).rejects.toMatchObject({
      Code: 'ValidationError',
      message: expect.stringContaining(words) as string,
    })
  })

  test('is in two zones, in subnets of one VPC that exist, with security groups of that VPC', async () => {
    const { createBalancer, subnets, ec2 } = await balancerAccount()
    await expect(createBalancer({ Subnets: subnets.slice(0, 1) })).rejects.toMatchObject({
      Code: 'ValidationError',
      message: 'At least two subnets in two different Availability Zones must be specified',
    })
    await expect(createBalancer({ Subnets: ['subnet-01234567', ...subnets] })).rejects.toMatchObject({
      name: 'SubnetNotFoundException',
    })
    await expect(createBalancer({ SecurityGroups: ['sg-01234567'] })).rejects.toMatchObject({
      name: 'InvalidSecurityGroupException',
    })
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))
    const VpcId = Vpc?.VpcId ?? ''
    const other = await ec2.send(
      new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.0.0/24', AvailabilityZone: 'us-east-1c' }),
    )
    const elsewhere = other.Subnet?.SubnetId ?? ''
    await expect(createBalancer({ Subnets: [subnets[0] ?? '', elsewhere] })).rejects.toMatchObject({
      name: 'InvalidConfigurationRequestException',
    })
    const group = await ec2.send(
      new CreateSecurityGroupCommand({ GroupName: 'far', Description: 'far', VpcId }),
    )
    await expect(createBalancer({ SecurityGroups: [group.GroupId ?? ''] })).rejects.toMatchObject({
      name: 'InvalidConfigurationRequestException',
    })
    const network = await createBalancer({ Type: 'network', Subnets: subnets.slice(0, 1) })
    expect(network.SecurityGroups ?? []).toEqual([])
    expect(network.DNSName).toMatch(/^bee-[0-9a-f]{16}\.elb\.us-east-1\.amazonaws\.com$/)
  })

  test('goes with its listeners, and is gone for good; protected it stays', async () => {
    const { served, elb } = await balancerAccount()
    const { balancerArn: LoadBalancerArn, targetGroupArn, listenerArn } = await served()
    const protect = (Value: string) =>
      elb.send(
        new ModifyLoadBalancerAttributesCommand({
          LoadBalancerArn,
          Attributes: [{ Key: 'deletion_protection.enabled', Value }],
        }),
      )
    await protect('true')
    await expect(elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }))).rejects.toMatchObject({
      name: 'OperationNotPermittedException',
    })
    await protect('false')
    await elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }))
    await elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }))
    await expect(
      elb.send(new DescribeLoadBalancersCommand({ LoadBalancerArns: [LoadBalancerArn] })),
    ).rejects.toMatchObject({ name: 'LoadBalancerNotFoundException' })
    await expect(
      elb.send(new DescribeListenersCommand({ ListenerArns: [listenerArn] })),
    ).rejects.toMatchObject({ name: 'ListenerNotFoundException' })
    await elb.send(new DeleteTargetGroupCommand({ TargetGroupArn: targetGroupArn }))
  })

  test('keeps its security groups and subnets from being deleted', async () => {
    const { createBalancer, elb, ec2, subnets, vpcId } = await balancerAccount()
    const group = await ec2.send(
      new CreateSecurityGroupCommand({ GroupName: 'front', Description: 'front', VpcId: vpcId }),
    )
    const GroupId = group.GroupId ?? ''
    const { LoadBalancerArn = '' } = await createBalancer()
    const set = await elb.send(new SetSecurityGroupsCommand({ LoadBalancerArn, SecurityGroups: [GroupId] }))
    expect(set.SecurityGroupIds).toEqual([GroupId])
    const moved = await elb.send(new SetSubnetsCommand({ LoadBalancerArn, Subnets: subnets }))
    expect(moved.AvailabilityZones).toHaveLength(3)
    for (const send of [
      () => ec2.send(new DeleteSecurityGroupCommand({ GroupId })),
      () => ec2.send(new DeleteSubnetCommand({ SubnetId: subnets[2] ?? '' })),
    ]) {
      await expect(send()).rejects.toMatchObject({ Code: 'DependencyViolation' })
    }
    await elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }))
    await ec2.send(new DeleteSecurityGroupCommand({ GroupId }))
  })

  test('has attributes and tags', async () => {
    const { createBalancer, elb } = await balancerAccount()
    const { LoadBalancerArn = '' } = await createBalancer({ Tags: [{ Key: 'group', Value: 'bee' }] })
    const modify = (Key: string, Value: string) =>
      elb.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes: [{ Key, Value }] }))
    await modify('idle_timeout.timeout_seconds', '120')
    await expect(modify('idle_timeout.timeout_seconds', '0')).rejects.toMatchObject({
      Code: 'ValidationError',
    })
    await expect(modify('colour', 'yellow')).rejects.toMatchObject({ Code: 'ValidationError' })
    const { Attributes } = await elb.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn }))
    expect(Attributes).toContainEqual({ Key: 'idle_timeout.timeout_seconds', Value: '120' })
    expect(Attributes).toContainEqual({ Key: 'routing.http2.enabled', Value: 'true' })

    const ResourceArns = [LoadBalancerArn]
    await elb.send(new AddTagsCommand({ ResourceArns, Tags: [{ Key: 'phase', Value: 'live' }] }))
    await elb.send(new RemoveTagsCommand({ ResourceArns, TagKeys: ['group', 'none'] }))
    const { TagDescriptions } = await elb.send(new DescribeTagsCommand({ ResourceArns }))
    expect(TagDescriptions).toEqual([
      { ResourceArn: LoadBalancerArn, Tags: [{ Key: 'phase', Value: 'live' }] },
    ])
    const twice = [
      { Key: 'a', Value: '1' },
      { Key: 'a', Value: '2' },
    ]
    await expect(elb.send(new AddTagsCommand({ ResourceArns, Tags: twice }))).rejects.toMatchObject({
      name: 'DuplicateTagKeysException',
    })
  })

  test('is found by page, marker by marker', async () => {
    const { createBalancer, elb } = await balancerAccount()
    for (const Name of ['a', 'b', 'c']) await createBalancer({ Name })
    const first = await elb.send(new DescribeLoadBalancersCommand({ PageSize: 2 }))
    expect(first.LoadBalancers?.map((each) => each.LoadBalancerName)).toEqual(['a', 'b'])
    const rest = await elb.send(new DescribeLoadBalancersCommand({ PageSize: 2, Marker: first.NextMarker }))
    expect(rest.LoadBalancers?.map((each) => each.LoadBalancerName)).toEqual(['c'])
    expect(rest.NextMarker).toBeUndefined()
    await expect(elb.send(new DescribeLoadBalancersCommand({ Marker: 'x' }))).rejects.toMatchObject({
      Code: 'ValidationError',
    })
    await expect(elb.send(new DescribeLoadBalancersCommand({ Names: ['a', 'd'] }))).rejects.toMatchObject({
      name: 'LoadBalancerNotFoundException',
      message: "Load balancers '[d]' not found",
    })
  })
})
