import { AttachLoadBalancerTargetGroupsCommand, type AutoScalingClient } from '@aws-sdk/client-auto-scaling'
import { DescribeSubnetsCommand } from '@aws-sdk/client-ec2'
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DeleteListenerCommand,
  DeleteTargetGroupCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { requestHandler } from '@package/sandbox/doors/request-handler'
import { noHosts } from '@package/sandbox/hosts/no-hosts'
import { Sandbox } from '@package/sandbox/sandbox'

import { region, type RolloutWorld } from './rollout-world.ts'

/** What somebody does by hand with load balancers. */
function balancing({ store }: RolloutWorld): ElasticLoadBalancingV2Client {
  const sandbox = new Sandbox({ store, hosts: noHosts(), images: [], faults: {} })
  const credentials = { accessKeyId: 'AKIDTEST', secretAccessKey: 'test' }
  return new ElasticLoadBalancingV2Client({ region, credentials, requestHandler: requestHandler(sandbox) })
}

/** A load balancer that somebody has made, and attached a version to; its targets are healthy. Gives the ARN of its target group. */
export async function attachTheirs(world: RolloutWorld, version = 'web-v000'): Promise<string> {
  const elb = balancing(world)
  const { Subnets = [] } = await world.ec2.send(new DescribeSubnetsCommand({}))
  const group = await elb.send(
    new CreateTargetGroupCommand({
      Name: 'theirs',
      Port: 8080,
      Protocol: 'HTTP',
      VpcId: Subnets[0]?.VpcId ?? '',
      HealthCheckIntervalSeconds: 10,
      HealthyThresholdCount: 2,
    }),
  )
  const TargetGroupArn = group.TargetGroups?.[0]?.TargetGroupArn ?? ''
  const balancer = await elb.send(
    new CreateLoadBalancerCommand({
      Name: 'theirs',
      Subnets: Subnets.slice(0, 2).map(({ SubnetId = '' }) => SubnetId),
    }),
  )
  await elb.send(
    new CreateListenerCommand({
      LoadBalancerArn: balancer.LoadBalancers?.[0]?.LoadBalancerArn ?? '',
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'forward', TargetGroupArn }],
    }),
  )
  await attach(world.scaling, version, TargetGroupArn)
  await world.pass(300)
  return TargetGroupArn
}

async function attach(scaling: AutoScalingClient, version: string, arn: string): Promise<void> {
  const named = { AutoScalingGroupName: version, TargetGroupARNs: [arn] }
  await scaling.send(new AttachLoadBalancerTargetGroupsCommand(named))
}

export async function targetStates(world: RolloutWorld, TargetGroupArn: string): Promise<string[]> {
  const command = new DescribeTargetHealthCommand({ TargetGroupArn })
  const { TargetHealthDescriptions: targets = [] } = await balancing(world).send(command)
  return targets.map(({ TargetHealth: health }) => health?.State ?? '')
}

/** Versions that are attached to it go on naming it. */
export async function deleteTheirs(world: RolloutWorld, TargetGroupArn: string): Promise<void> {
  const elb = balancing(world)
  const { LoadBalancers = [] } = await elb.send(new DescribeLoadBalancersCommand({ Names: ['theirs'] }))
  const { Listeners = [] } = await elb.send(
    new DescribeListenersCommand({ LoadBalancerArn: LoadBalancers[0]?.LoadBalancerArn ?? '' }),
  )
  for (const { ListenerArn = '' } of Listeners) await elb.send(new DeleteListenerCommand({ ListenerArn }))
  await elb.send(new DeleteTargetGroupCommand({ TargetGroupArn }))
}
