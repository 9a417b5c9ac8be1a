import {
  DeleteNotificationConfiguration$,
  DescribeNotificationConfigurations$,
  PutNotificationConfiguration$,
  type DeleteNotificationConfigurationType,
  type DescribeNotificationConfigurationsAnswer,
  type DescribeNotificationConfigurationsType,
  type PutNotificationConfigurationType,
} from '@aws-sdk/client-auto-scaling'

import { operation, type Scope } from '../../operation.ts'
import { changeableGroup } from '../groups/known-groups.ts'
import { recordPage } from '../record-pages.ts'
import { required, validationError } from '../validation-error.ts'

export const notificationOperations = [
  operation(PutNotificationConfiguration$, putNotificationConfiguration),
  operation(DescribeNotificationConfigurations$, describeNotificationConfigurations),
  operation(DeleteNotificationConfiguration$, deleteNotificationConfiguration),
]

/** API Reference, DescribeAutoScalingNotificationTypes. */
const types = new Set([
  'autoscaling:EC2_INSTANCE_LAUNCH',
  'autoscaling:EC2_INSTANCE_LAUNCH_ERROR',
  'autoscaling:EC2_INSTANCE_TERMINATE',
  'autoscaling:EC2_INSTANCE_TERMINATE_ERROR',
  'autoscaling:TEST_NOTIFICATION',
])

/** Replaces what the topic was told before; kept and shown, the sandbox tells nobody. */
function putNotificationConfiguration(input: PutNotificationConfigurationType, scope: Scope): undefined {
  const group = changeableGroup(scope, input.AutoScalingGroupName)
  const topic = required(input.TopicARN, 'topicARN')
  const wanted = required(input.NotificationTypes, 'notificationTypes')
  const unknown = wanted.find((type) => !types.has(type))
  if (unknown !== undefined) throw validationError(`"${unknown}" is not a valid Notification Type`)
  group.notifications = { ...group.notifications, [topic]: [...new Set(wanted)] }
}

function describeNotificationConfigurations(
  input: DescribeNotificationConfigurationsType,
  scope: Scope,
): DescribeNotificationConfigurationsAnswer {
  const { AutoScalingGroupNames: names = [] } = input
  const groups = Object.values(scope.state.autoscaling.groups)
  const found = groups
    .filter(({ name }) => names.length === 0 || names.includes(name))
    .flatMap(({ name, notifications = {} }) =>
      Object.entries(notifications).flatMap(([TopicARN, told]) =>
        told.map((NotificationType) => ({ AutoScalingGroupName: name, TopicARN, NotificationType })),
      ),
    )
  const { items, NextToken } = recordPage(found, input)
  return { NotificationConfigurations: items, NextToken }
}

function deleteNotificationConfiguration(
  input: DeleteNotificationConfigurationType,
  scope: Scope,
): undefined {
  const group = changeableGroup(scope, input.AutoScalingGroupName)
  delete group.notifications?.[required(input.TopicARN, 'topicARN')]
}
