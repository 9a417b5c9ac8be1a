import {
  AttachLoadBalancerTargetGroupsCommand,
  DescribeLoadBalancerTargetGroupsCommand,
  DetachLoadBalancerTargetGroupsCommand,
} from '@aws-sdk/client-auto-scaling'
import type { ScalingGroups } from '@package/core/ports/cloud/scaling-groups'

import { batches } from '../batches.ts'
import type { Consistent } from '../consistent.ts'
import { allPages } from '../pages.ts'
import type { AutoScalingSend } from './auto-scaling-send.ts'

type Attachments = Pick<ScalingGroups, 'attachTargetGroups' | 'detachTargetGroups' | 'attachedTargetGroups'>

/** API References of AttachLoadBalancerTargetGroups and DetachLoadBalancerTargetGroups. */
const mostAtOnce = 10

/** The target groups that the instances of a group are registered with. */
export function attachments(send: AutoScalingSend, consistent: Consistent): Attachments {
  return {
    async attachTargetGroups(name, arns) {
      for (const TargetGroupARNs of batches(arns, mostAtOnce)) {
        const command = new AttachLoadBalancerTargetGroupsCommand({
          AutoScalingGroupName: name,
          TargetGroupARNs,
        })
        await consistent.untilFound([name, ...TargetGroupARNs], () => send(command))
      }
    },
    async detachTargetGroups(name, arns) {
      for (const TargetGroupARNs of batches(arns, mostAtOnce)) {
        const command = new DetachLoadBalancerTargetGroupsCommand({
          AutoScalingGroupName: name,
          TargetGroupARNs,
        })
        await consistent.untilFound([name], () => send(command))
      }
    },
    attachedTargetGroups: (name) => consistent.untilFound([name], () => attachedTargetGroups(send, name)),
  }
}

async function attachedTargetGroups(
  send: AutoScalingSend,
  name: string,
): Promise<{ arn: string; isRemoving: boolean }[]> {
  const states = await allPages(async (token) => {
    const page = await send(
      new DescribeLoadBalancerTargetGroupsCommand({
        AutoScalingGroupName: name,
        MaxRecords: 100,
        ...(token !== undefined && { NextToken: token }),
      }),
    )
    return { items: page.LoadBalancerTargetGroups, next: page.NextToken }
  })
  return states
    .filter(({ State }) => State !== 'Removed')
    .map(({ LoadBalancerTargetGroupARN = '', State }) => ({
      arn: LoadBalancerTargetGroupARN,
      isRemoving: State === 'Removing',
    }))
}
