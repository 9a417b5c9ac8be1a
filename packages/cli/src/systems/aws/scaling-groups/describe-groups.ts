import {
  DescribeAutoScalingGroupsCommand,
  DescribeScalingActivitiesCommand,
  type AutoScalingGroupNamesType,
  type Activity,
} from '@aws-sdk/client-auto-scaling'
import type { ScalingActivity, ScalingGroup } from '@package/core/ports/cloud/scaling-groups'

import { allPages } from '../pages.ts'
import type { AutoScalingSend } from './auto-scaling-send.ts'
import { toGroup } from './to-group.ts'

/** Auto Scaling's largest page. */
const pageSize = 100

export async function describeGroups(
  send: AutoScalingSend,
  request: AutoScalingGroupNamesType,
): Promise<ScalingGroup[]> {
  const found = await allPages(async (token) => {
    const page = await send(
      new DescribeAutoScalingGroupsCommand({
        ...request,
        MaxRecords: pageSize,
        ...(token !== undefined && { NextToken: token }),
      }),
    )
    return { items: page.AutoScalingGroups, next: page.NextToken }
  })
  return found.map(toGroup)
}

export async function newestActivities(send: AutoScalingSend, name: string): Promise<ScalingActivity[]> {
  const { Activities = [] } = await send(
    new DescribeScalingActivitiesCommand({ AutoScalingGroupName: name, MaxRecords: pageSize }),
  )
  return Activities.map(toActivity)
}

function toActivity({ StatusCode, Description, Cause, StatusMessage, StartTime }: Activity): ScalingActivity {
  return {
    status: StatusCode ?? '',
    description: Description ?? Cause ?? '',
    message: StatusMessage ?? '',
    startedAt: StartTime?.getTime() ?? 0,
  }
}
