import {
  DescribeAutoScalingInstancesCommand,
  DetachInstancesCommand,
  EnterStandbyCommand,
  ExitStandbyCommand,
  SetInstanceHealthCommand,
  SetInstanceProtectionCommand,
  TerminateInstanceInAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling'

import type { Scenario } from '../scenario.ts'
import { AutoScalingGroupName, first, givenGroup, members, showGroups } from './given-group.ts'

export const groupMemberScenarios: Scenario[] = [
  {
    name: 'members of Auto Scaling groups',
    async play(caller) {
      const [one = '', other = ''] = await givenGroup(caller)
      const names = { AutoScalingGroupName, InstanceIds: [one] }
      await caller.scales(
        'show them',
        new DescribeAutoScalingInstancesCommand({}),
        ({ AutoScalingInstances }) =>
          AutoScalingInstances?.map(({ LifecycleState, HealthStatus }) => [LifecycleState, HealthStatus]),
      )
      await caller.scales(
        'protect',
        new SetInstanceProtectionCommand({ ...names, ProtectedFromScaleIn: true }),
      )
      await caller.scales(
        'protected',
        showGroups,
        (answer) =>
          first(answer)?.Instances?.filter(({ ProtectedFromScaleIn }) => ProtectedFromScaleIn).length,
      )
      await caller.scales(
        'unprotect',
        new SetInstanceProtectionCommand({ ...names, ProtectedFromScaleIn: false }),
      )
      await caller.scales(
        'on standby',
        new EnterStandbyCommand({ ...names, ShouldDecrementDesiredCapacity: true }),
        ({ Activities }) => Activities?.length,
      )
      await caller.scales('standing by', showGroups, (answer) => [
        first(answer)?.DesiredCapacity,
        first(answer)?.Instances?.find(({ InstanceId }) => InstanceId === one)?.LifecycleState,
      ])
      await caller.scales('back', new ExitStandbyCommand(names), ({ Activities }) => Activities?.length)
      await caller.passTime()
      await caller.scales('back in service', showGroups, (answer) => [
        first(answer)?.DesiredCapacity,
        members(answer),
      ])
      await caller.scales(
        'not healthy',
        new SetInstanceHealthCommand({
          InstanceId: other,
          HealthStatus: 'Unhealthy',
          ShouldRespectGracePeriod: false,
        }),
      )
      await caller.passTime()
      await caller.scales('replaced', showGroups, members)
      await caller.scales(
        'detach',
        new DetachInstancesCommand({ ...names, ShouldDecrementDesiredCapacity: true }),
        ({ Activities }) => Activities?.length,
      )
      const left = await caller.scales('detached', showGroups, members)
      const [last = ''] = (first(left)?.Instances ?? []).map(({ InstanceId = '' }) => InstanceId)
      await caller.refusesToScale(
        'terminate below the minimum',
        'ValidationError',
        new TerminateInstanceInAutoScalingGroupCommand({
          InstanceId: last,
          ShouldDecrementDesiredCapacity: true,
        }),
      )
    },
  },
  {
    name: 'terminated members of Auto Scaling groups',
    async play(caller) {
      const [one = ''] = await givenGroup(caller)
      await caller.scales(
        'terminate',
        new TerminateInstanceInAutoScalingGroupCommand({
          InstanceId: one,
          ShouldDecrementDesiredCapacity: true,
        }),
        ({ Activity }) => Activity?.StatusCode,
      )
      await caller.passTime()
      await caller.scales('terminated', showGroups, (answer) => [
        first(answer)?.DesiredCapacity,
        members(answer),
      ])
    },
  },
]
