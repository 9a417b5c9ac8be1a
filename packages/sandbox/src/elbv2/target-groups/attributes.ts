import { yesOrNo, type Attributes } from '../attributes.ts'
import { isHttp } from './health-check.ts'
import type { TargetGroup } from './target-group.ts'

const count: readonly [number, number] = [1, 1000]

const common: Attributes = {
  'deregistration_delay.timeout_seconds': ['300', [0, 3600]],
  'stickiness.enabled': ['false', yesOrNo],
  'load_balancing.cross_zone.enabled': [
    'use_load_balancer_configuration',
    { oneOf: ['true', 'false', 'use_load_balancer_configuration'] },
  ],
  'target_group_health.dns_failover.minimum_healthy_targets.count': ['1', 'text'],
  'target_group_health.dns_failover.minimum_healthy_targets.percentage': ['off', 'text'],
  'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count': ['1', count],
  'target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage': ['off', 'text'],
}

const ofApplication: Attributes = {
  ...common,
  'load_balancing.algorithm.anomaly_mitigation': ['off', { oneOf: ['on', 'off'] }],
  'load_balancing.algorithm.type': [
    'round_robin',
    { oneOf: ['round_robin', 'least_outstanding_requests', 'weighted_random'] },
  ],
  'slow_start.duration_seconds': ['0', [0, 900]],
  'stickiness.app_cookie.cookie_name': ['', 'text'],
  'stickiness.app_cookie.duration_seconds': ['86400', [1, 604_800]],
  'stickiness.lb_cookie.duration_seconds': ['86400', [1, 604_800]],
  'stickiness.type': ['lb_cookie', { oneOf: ['lb_cookie', 'app_cookie'] }],
}

const ofNetwork: Attributes = {
  ...common,
  'deregistration_delay.connection_termination.enabled': ['false', yesOrNo],
  'preserve_client_ip.enabled': ['true', yesOrNo],
  'proxy_protocol_v2.enabled': ['false', yesOrNo],
  'stickiness.type': ['source_ip', { oneOf: ['source_ip', 'source_ip_dest_ip', 'source_ip_dest_ip_proto'] }],
  'target_health_state.unhealthy.connection_termination.enabled': ['true', yesOrNo],
  'target_health_state.unhealthy.draining_interval_seconds': ['0', [0, 360_000]],
}

/** API Reference, TargetGroupAttribute. */
export function attributesOf({ protocol }: Pick<TargetGroup, 'protocol'>): Attributes {
  return isHttp(protocol) ? ofApplication : ofNetwork
}

/** How long its targets drain, in seconds. */
export function deregistrationDelay({ attributes }: TargetGroup): number {
  return Number(attributes['deregistration_delay.timeout_seconds'] ?? '300')
}
