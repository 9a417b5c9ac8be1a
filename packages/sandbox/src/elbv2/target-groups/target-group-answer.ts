import type { TargetGroup as ShownTargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2'

import type { TargetGroup } from './target-group.ts'

export function shownTargetGroup(group: TargetGroup): ShownTargetGroup {
  const { healthCheck, usedBy, protocolVersion } = group
  const { path, httpCode } = healthCheck
  return {
    TargetGroupArn: group.arn,
    TargetGroupName: group.name,
    Protocol: group.protocol as 'HTTP',
    Port: group.port,
    VpcId: group.vpcId,
    HealthCheckProtocol: healthCheck.protocol as 'HTTP',
    HealthCheckPort: healthCheck.port,
    HealthCheckEnabled: true,
    HealthCheckIntervalSeconds: healthCheck.interval,
    HealthCheckTimeoutSeconds: healthCheck.timeout,
    HealthyThresholdCount: healthCheck.healthyThreshold,
    UnhealthyThresholdCount: healthCheck.unhealthyThreshold,
    ...(path !== undefined && { HealthCheckPath: path }),
    ...(httpCode !== undefined && { Matcher: { HttpCode: httpCode } }),
    LoadBalancerArns: usedBy ? [usedBy.loadBalancerArn] : [],
    TargetType: group.targetType,
    ...(protocolVersion !== undefined && { ProtocolVersion: protocolVersion }),
    IpAddressType: group.ipAddressType as 'ipv4',
  }
}
