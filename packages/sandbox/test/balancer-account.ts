import { DescribeSubnetsCommand } from '@aws-sdk/client-ec2'
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  type CreateLoadBalancerCommandInput,
  type CreateTargetGroupCommandInput,
} from '@aws-sdk/client-elastic-load-balancing-v2'

import type { SandboxOptions } from '../src/sandbox.ts'
import { groupAccount } from './group-account.ts'
import { clientOf } from './test-account.ts'

/** The state and reason of a target that is leaving. */
export const draining = 'draining Target.DeregistrationInProgress'

/** An account for load balancers: what groups' tests have, the default network, and what is done over and over. */
export async function balancerAccount(options: Partial<SandboxOptions> = {}) {
  const account = await groupAccount(options)
  const elb = new ElasticLoadBalancingV2Client(clientOf(account.sandbox))
  const { Subnets = [] } = await account.ec2.send(new DescribeSubnetsCommand({}))
  const [first, second, third] = Subnets.map(({ SubnetId = '' }) => SubnetId)
  const subnets = [first ?? '', second ?? '', third ?? '']
  const vpcId = Subnets[0]?.VpcId ?? ''
  const createBalancer = async (more: Partial<CreateLoadBalancerCommandInput> = {}) => {
    const made = await elb.send(
      new CreateLoadBalancerCommand({ Name: 'bee', Subnets: subnets.slice(0, 2), ...more }),
    )
    return made.LoadBalancers?.[0] ?? {}
  }
  const createTargets = async (more: Partial<CreateTargetGroupCommandInput> = {}) => {
    const made = await elb.send(
      new CreateTargetGroupCommand({
        Name: 'bee',
        Protocol: 'HTTP',
        Port: 9984,
        VpcId: vpcId,
        HealthCheckIntervalSeconds: 10,
        HealthyThresholdCount: 2,
        UnhealthyThresholdCount: 2,
        ...more,
      }),
    )
    return made.TargetGroups?.[0]?.TargetGroupArn ?? ''
  }
  const listen = async (LoadBalancerArn: string, TargetGroupArn: string, Port = 80) => {
    const made = await elb.send(
      new CreateListenerCommand({
        LoadBalancerArn,
        Port,
        Protocol: 'HTTP',
        DefaultActions: [{ Type: 'forward', TargetGroupArn }],
      }),
    )
    return made.Listeners?.[0]?.ListenerArn ?? ''
  }
  /** A target group behind an active load balancer. */
  const served = async (more?: Partial<CreateTargetGroupCommandInput>) => {
    const { LoadBalancerArn: balancerArn = '' } = await createBalancer()
    const targetGroupArn = await createTargets(more)
    const listenerArn = await listen(balancerArn, targetGroupArn)
    await account.sandbox.advance(60_000)
    return { balancerArn, targetGroupArn, listenerArn }
  }
  const health = async (TargetGroupArn: string) => {
    const shown = await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn }))
    return shown.TargetHealthDescriptions ?? []
  }
  /** States and reasons by the ids of the targets. */
  const states = async (targetGroupArn: string): Promise<Record<string, string>> => {
    const shown = await health(targetGroupArn)
    return Object.fromEntries(
      shown.map(({ Target, TargetHealth }) => [
        Target?.Id ?? '',
        [TargetHealth?.State, TargetHealth?.Reason].filter((each) => each !== undefined).join(' '),
      ]),
    )
  }
  return {
    ...account,
    elb,
    subnets,
    vpcId,
    createBalancer,
    createTargets,
    listen,
    served,
    health,
    targetStates: states,
  }
}
