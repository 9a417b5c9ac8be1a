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
      'unprotectInstances',
      'scalingActivities',
      'groupSettings',
      'putGroupSetting',
      'removeGroupSetting',
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
