import {
  DescribeLoadBalancerTargetGroupsCommand,
  SetDesiredCapacityCommand,
  type CreateAutoScalingGroupCommandInput,
} from '@aws-sdk/client-auto-scaling'
import { DescribeInstancesCommand } from '@aws-sdk/client-ec2'
import { ModifyTargetGroupAttributesCommand } from '@aws-sdk/client-elastic-load-balancing-v2'

import type { SandboxOptions } from '../src/sandbox.ts'
import { balancerAccount } from './balancer-account.ts'
import { AutoScalingGroupName, untilInService } from './group-account.ts'

/** A group whose instances are targets behind an active load balancer; its targets drain for 100 seconds. */
export async function servedGroup(
  more: Partial<CreateAutoScalingGroupCommandInput> = {},
  options: Partial<SandboxOptions> = {},
) {
  const account = await balancerAccount(options)
  const { elb, sandbox, create, autoscaling, ec2, targetStates } = account
  const { targetGroupArn, listenerArn } = await account.served()
  await elb.send(
    new ModifyTargetGroupAttributesCommand({
      TargetGroupArn: targetGroupArn,
      Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '100' }],
    }),
  )
  await create({ TargetGroupARNs: [targetGroupArn], ...more })
  await sandbox.advance(untilInService)
  return {
    ...account,
    targetGroupArn,
    listenerArn,
    targets: () => targetStates(targetGroupArn),
    attachments: async () => {
      const shown = await autoscaling.send(
        new DescribeLoadBalancerTargetGroupsCommand({ AutoScalingGroupName }),
      )
      return (shown.LoadBalancerTargetGroups ?? []).map(({ State }) => State)
    },
    machineState: async (id: string) => {
      const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }))
      return Reservations?.[0]?.Instances?.[0]?.State?.Name
    },
    resize: (DesiredCapacity: number) =>
      autoscaling.send(new SetDesiredCapacityCommand({ AutoScalingGroupName, DesiredCapacity })),
  }
}
