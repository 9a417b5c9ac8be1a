import type { Alarms } from '@package/core/ports/cloud/alarms'
import type { Artifacts } from '@package/core/ports/cloud/artifacts'
import type { Commands } from '@package/core/ports/cloud/commands'
import type { LoadBalancers } from '@package/core/ports/cloud/load-balancers'
import type { ScalingGroups } from '@package/core/ports/cloud/scaling-groups'

import type { Connection } from './connection.ts'
import type { Consistent } from './consistent.ts'
import { whenCalled } from './when-called.ts'

/** Autoscale groups, whose client only some actions need. */
export function lazyScalingGroups(
  connection: Connection,
  region: string,
  consistent: Consistent,
): ScalingGroups {
  return whenCalled(
    [
      'scalingGroups',
      'scalingGroupsTagged',
      'createScalingGroup',
      'updateScalingGroup',
      'deleteScalingGroup',
      'tagScalingGroup',
      'untagScalingGroup',
      'suspendProcesses',
      'resumeProcesses',
      'scalingActivities',
      'groupSettings',
      'putGroupSetting',
      'removeGroupSetting',
      'completeLaunch',
      'attachTargetGroups',
      'detachTargetGroups',
      'attachedTargetGroups',
    ],
    async () => {
      const { scalingGroups } = await import('./scaling-groups/scaling-groups.ts')
      return scalingGroups(connection, region, consistent)
    },
  )
}

/** Load balancers, whose client only some actions need. */
export function lazyLoadBalancers(
  connection: Connection,
  region: string,
  consistent: Consistent,
): LoadBalancers {
  return whenCalled(
    [
      'loadBalancersNamed',
      'createLoadBalancer',
      'setLoadBalancerSubnets',
      'setLoadBalancerSecurityGroups',
      'deleteLoadBalancer',
      'listeners',
      'createListener',
      'modifyListener',
      'deleteListener',
      'targetGroupsNamedLike',
      'existingTargetGroups',
      'createTargetGroup',
      'setTargetGroupHealthCheck',
      'setTargetGroupDrain',
      'deleteTargetGroup',
      'targetHealth',
    ],
    async () => {
      const { loadBalancers } = await import('./load-balancers/load-balancers.ts')
      return loadBalancers(connection, region, consistent)
    },
  )
}

/** Alarms, whose client only some actions need. */
export function lazyAlarms(connection: Connection, region: string): Alarms {
  return whenCalled(['alarmsNamedLike', 'deleteAlarms'], async () => {
    const { cloudWatchAlarms } = await import('./scaling-groups/settings/cloudwatch-alarms.ts')
    return cloudWatchAlarms(connection, region)
  })
}

/** Commands for instances, whose client only some deploys need. */
export function lazyCommands(connection: Connection, region: string): Commands {
  return whenCalled(
    ['agents', 'sendCommand', 'invocations', 'isCommandOver', 'invocationOutput', 'cancelCommand'],
    async () => {
      const { commands } = await import('./ssm/commands.ts')
      return commands(connection, region)
    },
  )
}

/** Files in buckets, whose signer only some deploys need. */
export function lazyArtifacts(connection: Connection, region: string): Artifacts {
  return whenCalled(['hasArtifact', 'artifactText', 'putArtifact', 'artifactUrl'], async () => {
    const { artifacts } = await import('./artifacts.ts')
    return artifacts(connection, region)
  })
}
