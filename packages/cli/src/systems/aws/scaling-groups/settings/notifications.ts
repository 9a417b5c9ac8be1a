import {
  DeleteNotificationConfigurationCommand,
  DescribeNotificationConfigurationsCommand,
  PutNotificationConfigurationCommand,
} from '@aws-sdk/client-auto-scaling'
import type { GroupSetting } from '@package/core/ports/cloud/scaling-groups'

import { allPages } from '../../pages.ts'
import type { AutoScalingSend } from '../auto-scaling-send.ts'
import type { SettingsOfKind } from './settings-of-kind.ts'

interface Notification {
  topic: string
  type: string
}

export function notifications(send: AutoScalingSend): SettingsOfKind {
  return {
    async of(groupName) {
      const found = await describe(send, groupName)
      return found.map(({ topic, type }) => ({
        kind: 'notification',
        name: `${topic} ${type}`,
        definition: { NotificationType: type, TopicARN: topic },
      }))
    },
    async put(groupName, setting) {
      const { topic, type } = notificationOf(setting)
      const others = await otherTypes(send, groupName, setting)
      await putTypes(send, groupName, topic, [...others, type])
    },
    async remove(groupName, setting) {
      const { topic } = notificationOf(setting)
      const others = await otherTypes(send, groupName, setting)
      if (others.length > 0) return putTypes(send, groupName, topic, others)
      const named = { AutoScalingGroupName: groupName, TopicARN: topic }
      await send(new DeleteNotificationConfigurationCommand(named))
    },
  }
}

function notificationOf({ definition: { TopicARN, NotificationType } }: GroupSetting): Notification {
  return {
    topic: typeof TopicARN === 'string' ? TopicARN : '',
    type: typeof NotificationType === 'string' ? NotificationType : '',
  }
}

/** What the topic is told beside: a topic has one list of types, which a call replaces (API Reference, PutNotificationConfiguration). */
async function otherTypes(
  send: AutoScalingSend,
  groupName: string,
  setting: GroupSetting,
): Promise<string[]> {
  const { topic, type } = notificationOf(setting)
  const found = await describe(send, groupName)
  return found.filter((each) => each.topic === topic && each.type !== type).map((each) => each.type)
}

async function putTypes(
  send: AutoScalingSend,
  groupName: string,
  topic: string,
  types: string[],
): Promise<void> {
  await send(
    new PutNotificationConfigurationCommand({
      AutoScalingGroupName: groupName,
      TopicARN: topic,
      NotificationTypes: types,
    }),
  )
}

async function describe(send: AutoScalingSend, groupName: string): Promise<Notification[]> {
  const found = await allPages(async (token) => {
    const page = await send(
      new DescribeNotificationConfigurationsCommand({
        AutoScalingGroupNames: [groupName],
        MaxRecords: 100,
        ...(token !== undefined && { NextToken: token }),
      }),
    )
    return { items: page.NotificationConfigurations, next: page.NextToken }
  })
  return found.map(({ TopicARN = '', NotificationType = '' }) => ({
    topic: TopicARN,
    type: NotificationType,
  }))
}
