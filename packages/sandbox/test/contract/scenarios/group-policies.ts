import {
  BatchDeleteScheduledActionCommand,
  BatchPutScheduledUpdateGroupActionCommand,
  DeleteLifecycleHookCommand,
  DeletePolicyCommand,
  DeleteScheduledActionCommand,
  DescribeLifecycleHooksCommand,
  DescribePoliciesCommand,
  DescribeScheduledActionsCommand,
  PutLifecycleHookCommand,
  PutScalingPolicyCommand,
  PutScheduledUpdateGroupActionCommand,
} from '@aws-sdk/client-auto-scaling'

import type { Scenario } from '../scenario.ts'
import { AutoScalingGroupName, givenTemplate, group } from './given-group.ts'

const ofGroup = { AutoScalingGroupName }

export const groupPolicyScenarios: Scenario[] = [
  {
    name: 'scaling policies and hooks',
    async play(caller) {
      await givenTemplate(caller)
      await caller.scales('an empty group', group({ MinSize: 0, DesiredCapacity: 0 }))
      await caller.scales(
        'put a policy',
        new PutScalingPolicyCommand({
          ...ofGroup,
          PolicyName: 'cpu',
          PolicyType: 'TargetTrackingScaling',
          TargetTrackingConfiguration: {
            PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
            TargetValue: 50,
          },
        }),
      )
      await caller.scales('its policies', new DescribePoliciesCommand(ofGroup), ({ ScalingPolicies }) =>
        ScalingPolicies?.map(({ PolicyName, PolicyType, TargetTrackingConfiguration }) => [
          PolicyName,
          PolicyType,
          TargetTrackingConfiguration?.TargetValue,
        ]),
      )
      await caller.scales('delete the policy', new DeletePolicyCommand({ ...ofGroup, PolicyName: 'cpu' }))
      const hook = { ...ofGroup, LifecycleHookName: 'converge' }
      await caller.scales(
        'put a hook',
        new PutLifecycleHookCommand({ ...hook, LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING' }),
      )
      await caller.scales('its hooks', new DescribeLifecycleHooksCommand(ofGroup), ({ LifecycleHooks }) =>
        LifecycleHooks?.map(({ LifecycleHookName, HeartbeatTimeout, GlobalTimeout, DefaultResult }) => [
          LifecycleHookName,
          HeartbeatTimeout,
          GlobalTimeout,
          DefaultResult,
        ]),
      )
      await caller.scales('delete the hook', new DeleteLifecycleHookCommand(hook))
    },
  },
  {
    name: 'scheduled actions',
    async play(caller) {
      await givenTemplate(caller)
      await caller.scales('an empty group', group({ MinSize: 0, DesiredCapacity: 0 }))
      await caller.scales(
        'put one',
        new PutScheduledUpdateGroupActionCommand({
          ...ofGroup,
          ScheduledActionName: 'night',
          Recurrence: '0 22 * * *',
          MinSize: 0,
          MaxSize: 0,
          DesiredCapacity: 0,
        }),
      )
      await caller.scales(
        'put another one',
        new BatchPutScheduledUpdateGroupActionCommand({
          ...ofGroup,
          ScheduledUpdateGroupActions: [
            {
              ScheduledActionName: 'morning',
              Recurrence: '0 6 * * *',
              MinSize: 1,
              MaxSize: 4,
              DesiredCapacity: 2,
            },
          ],
        }),
        ({ FailedScheduledUpdateGroupActions }) => FailedScheduledUpdateGroupActions?.length ?? 0,
      )
      await caller.scales(
        'both',
        new DescribeScheduledActionsCommand(ofGroup),
        ({ ScheduledUpdateGroupActions }) =>
          ScheduledUpdateGroupActions?.map(({ ScheduledActionName, Recurrence, DesiredCapacity }) => [
            ScheduledActionName,
            Recurrence,
            DesiredCapacity,
          ]),
      )
      await caller.scales(
        'delete one',
        new DeleteScheduledActionCommand({ ...ofGroup, ScheduledActionName: 'night' }),
      )
      await caller.scales(
        'delete the other',
        new BatchDeleteScheduledActionCommand({ ...ofGroup, ScheduledActionNames: ['morning'] }),
        ({ FailedScheduledActions }) => FailedScheduledActions?.length ?? 0,
      )
    },
  },
]
