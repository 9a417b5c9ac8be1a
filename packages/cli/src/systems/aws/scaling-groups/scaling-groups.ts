import {
  AutoScalingClient,
  CompleteLifecycleActionCommand,
  CreateAutoScalingGroupCommand,
  CreateOrUpdateTagsCommand,
  DeleteAutoScalingGroupCommand,
  DeleteTagsCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling'
import type { ScalingGroups } from '@package/core/ports/cloud/scaling-groups'

import { clientSettings } from '../client-settings.ts'
import type { Connection } from '../connection.ts'
import type { Consistent } from '../consistent.ts'
import { unlessGone } from '../not-found.ts'
import { watchedSender } from '../sender.ts'
import { templateVersionId } from '../template-version-id.ts'
import { attachments } from './attachments.ts'
import { describeGroups, newestActivities } from './describe-groups.ts'
import { changedGroup, groupTags, newGroup } from './group-requests.ts'
import { processes } from './processes.ts'
import { groupSettings } from './settings/group-settings.ts'

/** Loaded by the actions that ask about autoscale groups only. */
export function scalingGroups(connection: Connection, region: string, consistent: Consistent): ScalingGroups {
  const client = new AutoScalingClient(clientSettings(connection, region))
  const send = watchedSender(client, 'autoscaling', connection, region)
  return {
    scalingGroups: () => describeGroups(send, { IncludeInstances: false }),
    scalingGroupsTagged: (tags) =>
      describeGroups(send, {
        Filters: Object.entries(tags).map(([key, value]) => ({ Name: `tag:${key}`, Values: [value] })),
      }),
    async createScalingGroup(group) {
      const { id, version } = group.template
      const named = [id, templateVersionId(id, version), ...group.subnetIds, ...group.targetGroupArns]
      const command = new CreateAutoScalingGroupCommand(newGroup(group))
      await consistent.untilFound(named, () => send(command))
      consistent.made(group.name)
    },
    async updateScalingGroup(name, change) {
      const command = new UpdateAutoScalingGroupCommand(changedGroup(name, change))
      await consistent.untilFound([name, ...(change.subnetIds ?? [])], () => send(command))
    },
    async deleteScalingGroup(name) {
      const command = new DeleteAutoScalingGroupCommand({ AutoScalingGroupName: name, ForceDelete: false })
      await unlessGone(send(command))
    },
    async tagScalingGroup(name, tags) {
      const command = new CreateOrUpdateTagsCommand({ Tags: groupTags(name, tags, {}) })
      await consistent.untilFound([name], () => send(command))
    },
    async untagScalingGroup(name, keys) {
      if (keys.length === 0) return
      await send(
        new DeleteTagsCommand({
          Tags: keys.map((Key) => ({ ResourceId: name, ResourceType: 'auto-scaling-group', Key })),
        }),
      )
    },
    ...processes(send, consistent),
    scalingActivities: (name) => consistent.untilFound([name], () => newestActivities(send, name)),
    async completeLaunch(groupName, hookName, instanceId) {
      const command = new CompleteLifecycleActionCommand({
        AutoScalingGroupName: groupName,
        LifecycleHookName: hookName,
        InstanceId: instanceId,
        LifecycleActionResult: 'CONTINUE',
      })
      await unlessGone(send(command))
    },
    ...attachments(send, consistent),
    ...groupSettings(send, connection, region, consistent),
  }
}
