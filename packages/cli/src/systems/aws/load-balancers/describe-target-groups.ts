import {
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  type TargetGroup,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { AwsTargetGroup, TargetGroupHealthCheck } from '@package/core/ports/cloud/load-balancers'
import type { Tags } from '@package/core/ports/cloud/tags'

import { isNotFound } from '../not-found.ts'
import { allPages } from '../pages.ts'
import { tagsOf } from './describe-load-balancers.ts'
import type { BalancingSend } from './balancing-send.ts'

/** API Reference, TargetGroupAttribute. */
export const drainAttribute = 'deregistration_delay.timeout_seconds'

/** Only of those whose names begin so are attributes and tags asked for. */
export async function targetGroupsNamedLike(send: BalancingSend, prefix: string): Promise<AwsTargetGroup[]> {
  const all = await allPages(async (token) => {
    const page = await send(
      new DescribeTargetGroupsCommand({ PageSize: 400, ...(token !== undefined && { Marker: token }) }),
    )
    return { items: page.TargetGroups, next: page.NextMarker }
  })
  const found = all.filter(({ TargetGroupName = '' }) => TargetGroupName.startsWith(prefix))
  const arns = found.map(({ TargetGroupArn = '' }) => TargetGroupArn)
  const [tags, drains] = await Promise.all([
    tagsOf(send, arns),
    Promise.all(arns.map((arn) => drainOf(send, arn))),
  ])
  return found.map((group, index) =>
    toTargetGroup(group, drains[index] ?? 0, tags.get(group.TargetGroupArn ?? '') ?? {}),
  )
}

/** Asked for together, one that is gone would be all that AWS tells of (API Reference, DescribeTargetGroups, TargetGroupNotFound). */
export async function existingTargetGroups(send: BalancingSend, arns: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    arns.map(async (arn) => {
      try {
        await send(new DescribeTargetGroupsCommand({ TargetGroupArns: [arn] }))
        return [arn]
      } catch (error) {
        if (isNotFound(error)) return []
        throw error
      }
    }),
  )
  return found.flat()
}

async function drainOf(send: BalancingSend, arn: string): Promise<number> {
  const command = new DescribeTargetGroupAttributesCommand({ TargetGroupArn: arn })
  const { Attributes = [] } = await send(command)
  return Number(Attributes.find(({ Key }) => Key === drainAttribute)?.Value ?? 0)
}

export function toTargetGroup(group: TargetGroup, drain: number, tags: Tags): AwsTargetGroup {
  return {
    arn: group.TargetGroupArn ?? '',
    name: group.TargetGroupName ?? '',
    port: group.Port ?? 0,
    protocol: group.Protocol as AwsTargetGroup['protocol'],
    vpcId: group.VpcId ?? '',
    healthCheck: toHealthCheck(group),
    drain,
    loadBalancerArns: group.LoadBalancerArns ?? [],
    tags,
  }
}

function toHealthCheck(group: TargetGroup): TargetGroupHealthCheck {
  return {
    protocol: group.HealthCheckProtocol as TargetGroupHealthCheck['protocol'],
    port: group.HealthCheckPort ?? '',
    ...(group.HealthCheckPath !== undefined && { path: group.HealthCheckPath }),
    interval: group.HealthCheckIntervalSeconds ?? 0,
    timeout: group.HealthCheckTimeoutSeconds ?? 0,
    healthyThreshold: group.HealthyThresholdCount ?? 0,
    unhealthyThreshold: group.UnhealthyThresholdCount ?? 0,
  }
}
