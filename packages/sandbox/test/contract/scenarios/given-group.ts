import {
  CreateAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
  type AutoScalingGroup,
  type AutoScalingGroupsType,
  type CreateAutoScalingGroupCommandInput,
} from '@aws-sdk/client-auto-scaling'
import { CreateLaunchTemplateCommand } from '@aws-sdk/client-ec2'

import type { Caller } from '../caller.ts'
import { motoImage } from '../scenario.ts'

export const AutoScalingGroupName = 'bee-v000'

export const group = (more: Partial<CreateAutoScalingGroupCommandInput> = {}) =>
  new CreateAutoScalingGroupCommand({
    AutoScalingGroupName,
    LaunchTemplate: { LaunchTemplateName: 'bee', Version: '1' },
    MinSize: 1,
    MaxSize: 4,
    DesiredCapacity: 2,
    AvailabilityZones: ['us-east-1a', 'us-east-1b'],
    ...more,
  })

/** A group with two instances in service; its members' ids. */
export async function givenGroup(caller: Caller, more?: Partial<CreateAutoScalingGroupCommandInput>) {
  await givenTemplate(caller)
  await caller.scales('a group', group(more))
  await caller.passTime()
  const found = await caller.scales('its instances', showGroups, members)
  return (found.AutoScalingGroups?.[0]?.Instances ?? []).map(({ InstanceId = '' }) => InstanceId)
}

export async function givenTemplate(caller: Caller): Promise<void> {
  await caller.does(
    'a launch template',
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: 'bee',
      LaunchTemplateData: { ImageId: motoImage, InstanceType: 't3.micro' },
    }),
  )
}

export const showGroups = new DescribeAutoScalingGroupsCommand({
  AutoScalingGroupNames: [AutoScalingGroupName],
})

export const first = ({ AutoScalingGroups }: AutoScalingGroupsType): AutoScalingGroup | undefined =>
  AutoScalingGroups?.[0]

/** The instances' states; moto spreads them by chance, so that zones cannot be compared. */
export const members = (answer: AutoScalingGroupsType) =>
  first(answer)
    ?.Instances?.map(({ LifecycleState = '', HealthStatus = '' }) => [LifecycleState, HealthStatus].join(' '))
    .sort()
