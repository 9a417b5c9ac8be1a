import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeScalingActivitiesCommand,
  type AutoScalingGroup,
  type CreateAutoScalingGroupCommandInput,
} from '@aws-sdk/client-auto-scaling'
import { CreateLaunchTemplateCommand } from '@aws-sdk/client-ec2'

import type { SandboxOptions } from '../src/sandbox.ts'
import { clientOf, ImageId, testAccount } from './test-account.ts'

/** The group that tests make where they name no other. */
export const AutoScalingGroupName = 'bee-v000'

/** How long a group takes in the sandbox from a change to instances in service; in milliseconds. */
export const untilInService = 25_000

/** An account with the launch template `bee`, and what tests of groups do over and over. */
export async function groupAccount(options: Partial<SandboxOptions> = {}) {
  const { ec2, sandbox, folder } = testAccount({
    images: [{ region: 'us-east-1', imageId: ImageId }],
    ...options,
  })
  const autoscaling = new AutoScalingClient(clientOf(sandbox))
  await ec2.send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: 'bee',
      LaunchTemplateData: { ImageId, InstanceType: 't3.micro' },
    }),
  )
  const create = (more: Partial<CreateAutoScalingGroupCommandInput> = {}) =>
    autoscaling.send(
      new CreateAutoScalingGroupCommand({
        AutoScalingGroupName,
        LaunchTemplate: { LaunchTemplateName: 'bee', Version: '1' },
        MinSize: 1,
        MaxSize: 4,
        DesiredCapacity: 2,
        AvailabilityZones: ['us-east-1a', 'us-east-1b'],
        ...more,
      }),
    )
  const group = async (name = AutoScalingGroupName): Promise<AutoScalingGroup | undefined> => {
    const found = await autoscaling.send(
      new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] }),
    )
    return found.AutoScalingGroups?.[0]
  }
  const instances = async (name?: string) => (await group(name))?.Instances ?? []
  return {
    ec2,
    sandbox,
    folder,
    autoscaling,
    create,
    group,
    instances,
    ids: async () => (await instances()).map(({ InstanceId = '' }) => InstanceId),
    states: async () => (await instances()).map(({ LifecycleState }) => String(LifecycleState)),
    activities: async () => {
      const found = await autoscaling.send(new DescribeScalingActivitiesCommand({ AutoScalingGroupName }))
      return found.Activities ?? []
    },
  }
}
