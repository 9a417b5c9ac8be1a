import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  type AutoScalingGroup,
  type LaunchTemplateSpecification,
} from '@aws-sdk/client-auto-scaling'
import type { ScalingGroup, ScalingGroups } from '@package/core/ports/cloud/scaling-groups'

import { awsError } from './aws-error.ts'
import { clientSettings } from './client-settings.ts'
import type { Connection } from './connection.ts'
import { allPages } from './pages.ts'
import { watchCalls } from './sender.ts'

/** Loaded by the actions that ask about autoscale groups only. */
export function scalingGroups(connection: Connection, region: string): ScalingGroups {
  const client = new AutoScalingClient(clientSettings(connection, region))
  watchCalls(client, 'autoscaling', region, connection.onCall)
  return {
    async scalingGroups() {
      const found = await allPages(async (token) => {
        const command = new DescribeAutoScalingGroupsCommand({
          MaxRecords: 100,
          ...(token !== undefined && { NextToken: token }),
        })
        const page = await client.send(command).catch((error: unknown) => {
          throw awsError(error, 'autoscaling', region)
        })
        return { items: page.AutoScalingGroups, next: page.NextToken }
      })
      return found.map(toGroup)
    },
  }
}

function toGroup({
  AutoScalingGroupName = '',
  LaunchTemplate,
  MixedInstancesPolicy,
}: AutoScalingGroup): ScalingGroup {
  const mixed = MixedInstancesPolicy?.LaunchTemplate
  const specifications = [
    LaunchTemplate,
    mixed?.LaunchTemplateSpecification,
    ...(mixed?.Overrides ?? []).map(({ LaunchTemplateSpecification }) => LaunchTemplateSpecification),
  ]
  return { name: AutoScalingGroupName, templates: specifications.flatMap(toTemplate) }
}

function toTemplate(specification: LaunchTemplateSpecification | undefined) {
  const { LaunchTemplateId: id, Version: version = '$Default' } = specification ?? {}
  return id === undefined ? [] : [{ id, version }]
}
