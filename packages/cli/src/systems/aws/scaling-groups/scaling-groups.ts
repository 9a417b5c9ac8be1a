import {
  AttachLoadBalancerTargetGroupsCommand,
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  CreateOrUpdateTagsCommand,
  DeleteAutoScalingGroupCommand,
  DeleteTagsCommand,
  DetachLoadBalancerTargetGroupsCommand,
  ResumeProcessesCommand,
  SuspendProcessesCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling'
import type { ScalingGroups } from '@package/core/ports/cloud/scaling-groups'

import { batches } from '../batches.ts'
import { clientSettings } from '../client-settings.ts'
import type { Connection } from '../connection.ts'
import type { Consistent } from '../consistent.ts'
import { unlessGone } from '../not-found.ts'
import { watchedSender } from '../sender.ts'
import { templateVersionId } from '../template-version-id.ts'
import { attachedTargetGroups, describeGroups, newestActivities } from './describe-groups.ts'
import { changedGroup, groupTags, newGroup } from './group-requests.ts'
import { unprotectInstances } from './unprotect-instances.ts'

/** What the client of Auto Scaling sends with. */
export type AutoScalingSend = AutoScalingClient['send']

/** API Reference, AttachLoadBalancerTargetGroups. */
const mostTargetGroups = 10

/** Loaded by the actions that ask about autoscale groups only. */
export function scalingGroups(
  connection: Connection,
  region: string,
  consistent: Consistent,
): Omit<ScalingGroups, 'groupSettings' | 'putGroupSetting' | 'removeGroupSetting'> {
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
    // Without any, AWS suspends and resumes all processes (API Reference, SuspendProcesses).
    async suspendProcesses(name, processes) {
      if (processes.length === 0) return
      const named = { AutoScalingGroupName: name, ScalingProcesses: [...processes] }
      await consistent.untilFound([name], () => send(new SuspendProcessesCommand(named)))
    },
    async resumeProcesses(name, processes) {
      if (processes.length === 0) return
      const named = { AutoScalingGroupName: name, ScalingProcesses: [...processes] }
      await consistent.untilFound([name], () => send(new ResumeProcessesCommand(named)))
    },
    unprotectInstances: (name, instanceIds) => unprotectInstances(send, name, instanceIds),
    scalingActivities: (name) => consistent.untilFound([name], () => newestActivities(send, name)),
    async attachTargetGroups(name, arns) {
      for (const TargetGroupARNs of batches(arns, mostTargetGroups)) {
        const named = { AutoScalingGroupName: name, TargetGroupARNs }
        await consistent.untilFound([name, ...arns], () =>
          send(new AttachLoadBalancerTargetGroupsCommand(named)),
        )
      }
    },
    async detachTargetGroups(name, arns) {
      for (const TargetGroupARNs of batches(arns, mostTargetGroups)) {
        const named = { AutoScalingGroupName: name, TargetGroupARNs }
        await consistent.untilFound([name], () => send(new DetachLoadBalancerTargetGroupsCommand(named)))
      }
    },
    attachedTargetGroups: (name) => consistent.untilFound([name], () => attachedTargetGroups(send, name)),
  }
}
