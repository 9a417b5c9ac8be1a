import {
  AttachLoadBalancerTargetGroupsCommand,
  DescribeLoadBalancerTargetGroupsCommand,
  DetachLoadBalancerTargetGroupsCommand,
} from '@aws-sdk/client-auto-scaling'
import { DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2'

import type { Scenario } from '../scenario.ts'
import { givenServed, other } from './given-balancer.ts'
import { AutoScalingGroupName, first, givenGroup, group, showGroups } from './given-group.ts'

export const groupTargetScenarios: Scenario[] = [
  {
    name: 'target groups of Auto Scaling groups',
    async play(caller) {
      const { targetGroupArn: TargetGroupArn } = await givenServed(caller)
      await givenGroup(caller, { TargetGroupARNs: [TargetGroupArn] })
      await caller.passTime()
      const attached = { AutoScalingGroupName, TargetGroupARNs: [TargetGroupArn] }
      const show = new DescribeLoadBalancerTargetGroupsCommand({ AutoScalingGroupName })
      await caller.scales('attached', show, ({ LoadBalancerTargetGroups }) =>
        LoadBalancerTargetGroups?.map(({ State }) => State),
      )
      const targets = new DescribeTargetHealthCommand({ TargetGroupArn })
      await caller.balances('its targets', targets, ({ TargetHealthDescriptions }) =>
        TargetHealthDescriptions?.map(({ TargetHealth }) => TargetHealth?.State),
      )
      await caller.scales('detach', new DetachLoadBalancerTargetGroupsCommand(attached))
      await caller.passTime()
      await caller.scales(
        'detached',
        show,
        ({ LoadBalancerTargetGroups }) => LoadBalancerTargetGroups?.length ?? 0,
      )
      await caller.balances(
        'no targets',
        targets,
        ({ TargetHealthDescriptions }) => TargetHealthDescriptions?.length ?? 0,
      )
      await caller.scales('attach', new AttachLoadBalancerTargetGroupsCommand(attached))
      await caller.passTime()
      await caller.scales('attached again', showGroups, (answer) => first(answer)?.TargetGroupARNs?.length)
      await caller.balances('targets again', targets, ({ TargetHealthDescriptions }) =>
        TargetHealthDescriptions?.map(({ TargetHealth }) => TargetHealth?.State),
      )
      await caller.refusesToScale(
        'a target group that is not there',
        'ValidationError',
        group({ AutoScalingGroupName: 'wasp', TargetGroupARNs: [other(TargetGroupArn)] }),
      )
    },
  },
]
