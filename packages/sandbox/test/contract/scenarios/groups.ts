import {
  DeleteAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeScalingActivitiesCommand,
  ResumeProcessesCommand,
  SetDesiredCapacityCommand,
  SuspendProcessesCommand,
  UpdateAutoScalingGroupCommand,
  CreateOrUpdateTagsCommand,
  DeleteTagsCommand,
  DescribeTagsCommand,
  type AutoScalingGroupsType,
} from '@aws-sdk/client-auto-scaling'

import type { Scenario } from '../scenario.ts'
import {
  AutoScalingGroupName,
  first,
  givenGroup,
  givenTemplate,
  group,
  members,
  showGroups,
} from './given-group.ts'

const countOf = ({ AutoScalingGroups = [] }: AutoScalingGroupsType) => AutoScalingGroups.length

export const groupScenarios: Scenario[] = [
  {
    name: 'Auto Scaling groups',
    async play(caller) {
      await givenGroup(caller)
      await caller.refusesToScale('create what is there', 'AlreadyExists', group())
      await caller.scales(
        'update',
        new UpdateAutoScalingGroupCommand({ AutoScalingGroupName, MinSize: 3, HealthCheckGracePeriod: 60 }),
      )
      await caller.passTime()
      await caller.scales('updated', showGroups, (answer) => [
        first(answer)?.DesiredCapacity,
        first(answer)?.HealthCheckGracePeriod,
        members(answer),
      ])
      await caller.refusesToScale(
        'a capacity above the maximum',
        'ValidationError',
        new SetDesiredCapacityCommand({ AutoScalingGroupName, DesiredCapacity: 5 }),
      )
      await caller.scales(
        'another capacity',
        new SetDesiredCapacityCommand({ AutoScalingGroupName, DesiredCapacity: 4 }),
      )
      await caller.passTime()
      await caller.scales('grown', showGroups, members)
      await caller.scales(
        'its activities',
        new DescribeScalingActivitiesCommand({ AutoScalingGroupName }),
        ({ Activities }) => Activities?.map(({ StatusCode }) => StatusCode),
      )
      await caller.refusesToScale(
        'delete it while it has instances',
        'ResourceInUse',
        new DeleteAutoScalingGroupCommand({ AutoScalingGroupName }),
      )
    },
  },
  {
    name: 'refused Auto Scaling groups',
    async play(caller) {
      await givenTemplate(caller)
      await caller.refusesToScale(
        'update what is not there',
        'ValidationError',
        new UpdateAutoScalingGroupCommand({ AutoScalingGroupName, MinSize: 3 }),
      )
      await caller.scales('name what is not there', showGroups, countOf)
      await caller.refusesToScale('no template', 'ValidationError', group({ LaunchTemplate: undefined }))
      await caller.refusesToScale(
        'a template that is not there',
        'ValidationError',
        group({ LaunchTemplate: { LaunchTemplateName: 'wasp' } }),
      )
      await caller.refusesToScale('no zone', 'ValidationError', group({ AvailabilityZones: [] }))
      await caller.refusesToScale('a minimum above the maximum', 'ValidationError', group({ MinSize: 5 }))
    },
  },
  {
    name: 'processes and tags of Auto Scaling groups',
    async play(caller) {
      await givenTemplate(caller)
      const tag = { ResourceId: AutoScalingGroupName, ResourceType: 'auto-scaling-group' }
      await caller.scales(
        'create with a tag',
        group({
          MinSize: 0,
          DesiredCapacity: 0,
          Tags: [{ ...tag, Key: 'group', Value: 'bee', PropagateAtLaunch: true }],
        }),
      )
      const processes = { AutoScalingGroupName, ScalingProcesses: ['AZRebalance'] }
      await caller.scales('suspend', new SuspendProcessesCommand(processes))
      await caller.scales('suspended', showGroups, (answer) =>
        first(answer)?.SuspendedProcesses?.map(({ ProcessName }) => ProcessName),
      )
      await caller.scales('resume', new ResumeProcessesCommand(processes))
      await caller.scales('resumed', showGroups, (answer) => first(answer)?.SuspendedProcesses?.length ?? 0)
      const phase = { ...tag, Key: 'phase', Value: 'live', PropagateAtLaunch: false }
      await caller.scales('tag', new CreateOrUpdateTagsCommand({ Tags: [phase] }))
      await caller.scales(
        'find by tag',
        new DescribeAutoScalingGroupsCommand({ Filters: [{ Name: 'tag:phase', Values: ['live'] }] }),
        (answer) => first(answer)?.Tags,
      )
      await caller.scales(
        'its tags',
        new DescribeTagsCommand({ Filters: [{ Name: 'key', Values: ['phase'] }] }),
        ({ Tags }) => Tags,
      )
      await caller.scales('untag', new DeleteTagsCommand({ Tags: [phase] }))
      await caller.scales('tags that are left', showGroups, (answer) =>
        first(answer)?.Tags?.map(({ Key }) => Key),
      )
      await caller.scales('delete it', new DeleteAutoScalingGroupCommand({ AutoScalingGroupName }))
      await caller.passTime()
      await caller.scales('deleted', showGroups, countOf)
    },
  },
]
