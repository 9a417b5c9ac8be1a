import {
  DeleteNotificationConfigurationCommand,
  DescribeNotificationConfigurationsCommand,
  PutNotificationConfigurationCommand,
} from '@aws-sdk/client-auto-scaling'
import { expect, test } from 'vitest'

import { AutoScalingGroupName, groupAccount } from './group-account.ts'

const TopicARN = 'arn:aws:sns:us-east-1:123456789012:bees'

test('what a topic is told is put, replaced, shown by group, and deleted', async () => {
  const { create, autoscaling } = await groupAccount()
  await create()
  await create({ AutoScalingGroupName: 'wasp-v000' })
  const put = (NotificationTypes: string[], more: object = {}) =>
    autoscaling.send(
      new PutNotificationConfigurationCommand({ AutoScalingGroupName, TopicARN, NotificationTypes, ...more }),
    )
  const shown = async (...AutoScalingGroupNames: string[]) => {
    const found = await autoscaling.send(
      new DescribeNotificationConfigurationsCommand({ AutoScalingGroupNames }),
    )
    return found.NotificationConfigurations
  }
  await put(['autoscaling:EC2_INSTANCE_TERMINATE'])
  await put(['autoscaling:EC2_INSTANCE_LAUNCH', 'autoscaling:EC2_INSTANCE_LAUNCH_ERROR'])
  await put(['autoscaling:EC2_INSTANCE_LAUNCH'], { AutoScalingGroupName: 'wasp-v000' })
  expect(await shown(AutoScalingGroupName)).toEqual([
    { AutoScalingGroupName, TopicARN, NotificationType: 'autoscaling:EC2_INSTANCE_LAUNCH' },
    { AutoScalingGroupName, TopicARN, NotificationType: 'autoscaling:EC2_INSTANCE_LAUNCH_ERROR' },
  ])
  expect(await shown()).toHaveLength(3)
  await expect(put(['autoscaling:LUNCH'])).rejects.toMatchObject({ Code: 'ValidationError' })
  await autoscaling.send(new DeleteNotificationConfigurationCommand({ AutoScalingGroupName, TopicARN }))
  expect(await shown(AutoScalingGroupName)).toEqual([])
})
