import {
  AddTagsCommand,
  DeleteListenerCommand,
  DeleteLoadBalancerCommand,
  DeleteTargetGroupCommand,
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  ModifyListenerCommand,
  ModifyLoadBalancerAttributesCommand,
  RemoveTagsCommand,
  SetSecurityGroupsCommand,
  SetSubnetsCommand,
  type DescribeLoadBalancersCommandOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { CreateSecurityGroupCommand } from '@aws-sdk/client-ec2'

import type { Scenario } from '../scenario.ts'
import { balancer, givenNetwork, givenServed, listener, other, targetGroup } from './given-balancer.ts'

const shown = ({ LoadBalancers = [] }: DescribeLoadBalancersCommandOutput) =>
  LoadBalancers.map(({ LoadBalancerName, State, Type, Scheme }) => [
    LoadBalancerName,
    State?.Code,
    Type,
    Scheme,
  ])

export const loadBalancerScenarios: Scenario[] = [
  {
    name: 'load balancers',
    async play(caller) {
      const { subnets, vpcId } = await givenNetwork(caller)
      const made = await caller.balances('create', balancer(subnets), (answer) => [
        answer.LoadBalancers?.[0]?.State?.Code,
        answer.LoadBalancers?.[0]?.AvailabilityZones?.map(({ ZoneName }) => ZoneName),
      ])
      const LoadBalancerArn = made.LoadBalancers?.[0]?.LoadBalancerArn ?? ''
      await caller.passTime()
      await caller.balances('created', new DescribeLoadBalancersCommand({ Names: ['bee'] }), shown)
      await caller.balances('create it again', balancer(subnets), shown)
      await caller.refusesToBalance(
        'create another one of its name',
        'DuplicateLoadBalancerName',
        balancer(subnets, { Scheme: 'internal' }),
      )
      const group = await caller.does(
        'a security group',
        new CreateSecurityGroupCommand({ GroupName: 'front', Description: 'front', VpcId: vpcId }),
      )
      await caller.balances(
        'set its security groups',
        new SetSecurityGroupsCommand({ LoadBalancerArn, SecurityGroups: [group.GroupId ?? ''] }),
        ({ SecurityGroupIds }) => SecurityGroupIds?.length,
      )
      await caller.balances(
        'set its subnets',
        new SetSubnetsCommand({ LoadBalancerArn, Subnets: subnets }),
        ({ AvailabilityZones }) => AvailabilityZones?.map(({ ZoneName }) => ZoneName),
      )
      const protect = (Value: string) =>
        new ModifyLoadBalancerAttributesCommand({
          LoadBalancerArn,
          Attributes: [{ Key: 'deletion_protection.enabled', Value }],
        })
      await caller.balances('protect', protect('true'))
      await caller.balances(
        'its attributes',
        new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn }),
        ({ Attributes }) =>
          Attributes?.filter(({ Key = '' }) => /^(deletion|idle)/.test(Key)).map(
            ({ Key = '', Value = '' }) => `${Key}=${Value}`,
          ),
      )
      await caller.refusesToBalance(
        'delete what is protected',
        'OperationNotPermitted',
        new DeleteLoadBalancerCommand({ LoadBalancerArn }),
      )
    },
  },
  {
    name: 'load balancers that go',
    async play(caller) {
      const { balancerArn: LoadBalancerArn, listenerArn } = await givenServed(caller)
      await caller.balances('delete', new DeleteLoadBalancerCommand({ LoadBalancerArn }))
      await caller.balances('delete what is gone', new DeleteLoadBalancerCommand({ LoadBalancerArn }))
      await caller.refusesToBalance(
        'describe what is gone',
        'LoadBalancerNotFound',
        new DescribeLoadBalancersCommand({ LoadBalancerArns: [LoadBalancerArn] }),
      )
      await caller.refusesToBalance(
        'its listener',
        'ListenerNotFound',
        new DescribeListenersCommand({ ListenerArns: [listenerArn] }),
      )
    },
  },
  {
    name: 'refused load balancers',
    async play(caller) {
      const { subnets } = await givenNetwork(caller)
      const refuses = (name: string, code: string, more: object) =>
        caller.refusesToBalance(name, code, balancer(subnets, more))
      await refuses('a long name', 'ValidationError', { Name: 'b'.repeat(33) })
      await refuses('a name with a hyphen at its end', 'ValidationError', { Name: 'bee-' })
      await refuses('a name that AWS keeps for itself', 'ValidationError', { Name: 'internal-bee' })
      await refuses('one zone', 'ValidationError', { Subnets: subnets.slice(0, 1) })
      await refuses('a subnet that is not there', 'SubnetNotFound', {
        Subnets: [...subnets, 'subnet-01234567'],
      })
      await refuses('a security group that is not there', 'InvalidSecurityGroup', {
        SecurityGroups: ['sg-01234567'],
      })
      await caller.refusesToBalance(
        'a name that nothing has',
        'LoadBalancerNotFound',
        new DescribeLoadBalancersCommand({ Names: ['wasp'] }),
      )
    },
  },
  {
    name: 'listeners',
    async play(caller) {
      const { balancerArn, targetGroupArn, listenerArn: ListenerArn, vpcId } = await givenServed(caller)
      await caller.balances(
        'listeners of a load balancer',
        new DescribeListenersCommand({ LoadBalancerArn: balancerArn }),
        ({ Listeners }) => Listeners?.map(({ Port, Protocol }) => [Port, Protocol]),
      )
      await caller.refusesToBalance(
        'a port that is taken',
        'DuplicateListener',
        listener(balancerArn, targetGroupArn),
      )
      await caller.refusesToBalance(
        'a target group that is not there',
        'TargetGroupNotFound',
        listener(balancerArn, other(targetGroupArn), 81),
      )
      const second = await caller.balances('a second target group', targetGroup(vpcId, { Name: 'second' }))
      const secondArn = second.TargetGroups?.[0]?.TargetGroupArn ?? ''
      await caller.balances(
        'modify',
        new ModifyListenerCommand({
          ListenerArn,
          Port: 8080,
          DefaultActions: [{ Type: 'forward', TargetGroupArn: secondArn }],
        }),
        ({ Listeners }) => Listeners?.map(({ Port, Protocol }) => [Port, Protocol]),
      )
      await caller.refusesToBalance(
        'delete a target group that is in use',
        'ResourceInUse',
        new DeleteTargetGroupCommand({ TargetGroupArn: secondArn }),
      )
      await caller.balances('delete', new DeleteListenerCommand({ ListenerArn }))
      await caller.refusesToBalance(
        'delete what is gone',
        'ListenerNotFound',
        new DeleteListenerCommand({ ListenerArn }),
      )
      await caller.balances(
        'delete a target group that was in use',
        new DeleteTargetGroupCommand({ TargetGroupArn: secondArn }),
      )
    },
  },
  {
    name: 'tags of load balancers',
    async play(caller) {
      const { subnets } = await givenNetwork(caller)
      const made = await caller.balances(
        'create with a tag',
        balancer(subnets, { Tags: [{ Key: 'group', Value: 'bee' }] }),
      )
      const ResourceArns = [made.LoadBalancers?.[0]?.LoadBalancerArn ?? '']
      await caller.balances(
        'tag',
        new AddTagsCommand({ ResourceArns, Tags: [{ Key: 'phase', Value: 'live' }] }),
      )
      await caller.balances('untag', new RemoveTagsCommand({ ResourceArns, TagKeys: ['group', 'none'] }))
      await caller.balances('tags', new DescribeTagsCommand({ ResourceArns }), ({ TagDescriptions }) =>
        TagDescriptions?.map(({ Tags }) => Tags),
      )
      await caller.refusesToBalance(
        'tag what is not there',
        'LoadBalancerNotFound',
        new AddTagsCommand({
          ResourceArns: ResourceArns.map(other),
          Tags: [{ Key: 'phase', Value: 'live' }],
        }),
      )
    },
  },
]
