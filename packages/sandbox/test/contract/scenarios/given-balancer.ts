import { DescribeSubnetsCommand, RunInstancesCommand } from '@aws-sdk/client-ec2'
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  type CreateLoadBalancerCommandInput,
  type CreateTargetGroupCommandInput,
} from '@aws-sdk/client-elastic-load-balancing-v2'

import type { Caller } from '../caller.ts'
import { motoImage } from '../scenario.ts'

/** The default VPC, and a default subnet of each of two zones. */
export async function givenNetwork(caller: Caller) {
  const zones = ['us-east-1a', 'us-east-1b']
  const { Subnets = [] } = await caller.does(
    'the default subnets',
    new DescribeSubnetsCommand({
      Filters: [
        { Name: 'default-for-az', Values: ['true'] },
        { Name: 'availability-zone', Values: zones },
      ],
    }),
    (answer) => answer.Subnets?.length,
  )
  const ids = zones.map((zone) => Subnets.find((each) => each.AvailabilityZone === zone)?.SubnetId ?? '')
  return { subnets: ids, vpcId: Subnets[0]?.VpcId ?? '' }
}

export const balancer = (Subnets: string[], more: Partial<CreateLoadBalancerCommandInput> = {}) =>
  new CreateLoadBalancerCommand({ Name: 'bee', Subnets, ...more })

export const targetGroup = (VpcId: string, more: Partial<CreateTargetGroupCommandInput> = {}) =>
  new CreateTargetGroupCommand({
    Name: 'bee',
    Protocol: 'HTTP',
    Port: 9984,
    VpcId,
    HealthCheckPath: '/',
    HealthCheckTimeoutSeconds: 5,
    ...more,
  })

export const listener = (LoadBalancerArn: string, TargetGroupArn: string, Port = 80) =>
  new CreateListenerCommand({
    LoadBalancerArn,
    Port,
    Protocol: 'HTTP',
    DefaultActions: [{ Type: 'forward', TargetGroupArn }],
  })

/** A target group behind a load balancer. */
export async function givenServed(caller: Caller) {
  const { subnets, vpcId } = await givenNetwork(caller)
  const made = await caller.balances('a load balancer', balancer(subnets))
  const balancerArn = made.LoadBalancers?.[0]?.LoadBalancerArn ?? ''
  const group = await caller.balances('a target group', targetGroup(vpcId))
  const targetGroupArn = group.TargetGroups?.[0]?.TargetGroupArn ?? ''
  const listening = await caller.balances('a listener', listener(balancerArn, targetGroupArn))
  const listenerArn = listening.Listeners?.[0]?.ListenerArn ?? ''
  await caller.passTime()
  return { subnets, vpcId, balancerArn, targetGroupArn, listenerArn }
}

/** An instance that runs in that subnet. */
export async function givenInstance(caller: Caller, SubnetId: string): Promise<string> {
  const launched = await caller.does(
    'an instance',
    new RunInstancesCommand({
      ImageId: motoImage,
      InstanceType: 't3.micro',
      SubnetId,
      MinCount: 1,
      MaxCount: 1,
    }),
  )
  await caller.passTime()
  return launched.Instances?.[0]?.InstanceId ?? ''
}

/** The ARN of something that is not there. */
export const other = (arn: string) => arn.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'))
