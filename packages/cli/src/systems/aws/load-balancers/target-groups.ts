import {
  CreateTargetGroupCommand,
  DeleteTargetGroupCommand,
  DescribeTargetHealthCommand,
  ModifyTargetGroupAttributesCommand,
  ModifyTargetGroupCommand,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type {
  LoadBalancers,
  TargetGroupHealthCheck,
  TargetHealth,
} from '@package/core/ports/cloud/load-balancers'

import type { Consistent } from '../consistent.ts'
import { unlessGone } from '../not-found.ts'
import { tagList } from '../tags.ts'
import {
  drainAttribute,
  existingTargetGroups,
  targetGroupsNamedLike,
  toTargetGroup,
} from './describe-target-groups.ts'
import type { BalancingSend } from './balancing-send.ts'

type TargetGroups = Pick<
  LoadBalancers,
  | 'targetGroupsNamedLike'
  | 'existingTargetGroups'
  | 'createTargetGroup'
  | 'setTargetGroupHealthCheck'
  | 'setTargetGroupDrain'
  | 'deleteTargetGroup'
  | 'targetHealth'
>

export function targetGroups(send: BalancingSend, consistent: Consistent): TargetGroups {
  const setDrain = async (arn: string, seconds: number) => {
    const command = new ModifyTargetGroupAttributesCommand({
      TargetGroupArn: arn,
      Attributes: [{ Key: drainAttribute, Value: String(seconds) }],
    })
    await consistent.untilFound([arn], () => send(command))
  }
  return {
    targetGroupsNamedLike: (prefix) => targetGroupsNamedLike(send, prefix),
    existingTargetGroups: (arns) => existingTargetGroups(send, arns),
    async createTargetGroup({ name, port, protocol, vpcId, healthCheck, drain, tags }) {
      const { TargetGroups: [made = {}] = [] } = await send(
        new CreateTargetGroupCommand({
          Name: name,
          Port: port,
          Protocol: protocol,
          VpcId: vpcId,
          TargetType: 'instance',
          ...healthCheckSettings(healthCheck),
          Tags: tagList(tags),
        }),
      )
      const arn = made.TargetGroupArn ?? ''
      consistent.made(arn)
      await setDrain(arn, drain)
      return toTargetGroup(made, drain, tags)
    },
    async setTargetGroupHealthCheck(arn, check) {
      const command = new ModifyTargetGroupCommand({ TargetGroupArn: arn, ...healthCheckSettings(check) })
      await consistent.untilFound([arn], () => send(command))
    },
    setTargetGroupDrain: setDrain,
    deleteTargetGroup: (arn) => unlessGone(send(new DeleteTargetGroupCommand({ TargetGroupArn: arn }))),
    async targetHealth(targetGroupArn) {
      const command = new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn })
      const { TargetHealthDescriptions = [] } = await consistent.untilFound([targetGroupArn], () =>
        send(command),
      )
      return TargetHealthDescriptions.map(toTargetHealth)
    },
  }
}

function healthCheckSettings(check: TargetGroupHealthCheck) {
  return {
    HealthCheckEnabled: true,
    HealthCheckProtocol: check.protocol,
    HealthCheckPort: check.port,
    ...(check.path !== undefined && { HealthCheckPath: check.path }),
    HealthCheckIntervalSeconds: check.interval,
    HealthCheckTimeoutSeconds: check.timeout,
    HealthyThresholdCount: check.healthyThreshold,
    UnhealthyThresholdCount: check.unhealthyThreshold,
  }
}

function toTargetHealth({ Target, TargetHealth: health }: TargetHealthDescription): TargetHealth {
  return {
    instanceId: Target?.Id ?? '',
    state: health?.State ?? '',
    reason: health?.Description ?? health?.Reason ?? '',
  }
}
