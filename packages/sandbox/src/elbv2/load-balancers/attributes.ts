import { yesOrNo, type Attributes } from '../attributes.ts'
import type { LoadBalancer } from './load-balancer.ts'

const common: Attributes = {
  'deletion_protection.enabled': ['false', yesOrNo],
  'access_logs.s3.enabled': ['false', yesOrNo],
  'access_logs.s3.bucket': ['', 'text'],
  'access_logs.s3.prefix': ['', 'text'],
  'ipv6.deny_all_igw_traffic': ['false', yesOrNo],
  'zonal_shift.config.enabled': ['false', yesOrNo],
}

const ofApplication: Attributes = {
  ...common,
  'client_keep_alive.seconds': ['3600', [60, 604_800]],
  'connection_logs.s3.enabled': ['false', yesOrNo],
  'connection_logs.s3.bucket': ['', 'text'],
  'connection_logs.s3.prefix': ['', 'text'],
  'idle_timeout.timeout_seconds': ['60', [1, 4000]],
  // API Reference, LoadBalancerAttribute: "The possible values are true and false. For Application Load Balancers: true".
  'load_balancing.cross_zone.enabled': ['true', { oneOf: ['true'] }],
  'routing.http.desync_mitigation_mode': ['defensive', { oneOf: ['monitor', 'defensive', 'strictest'] }],
  'routing.http.drop_invalid_header_fields.enabled': ['false', yesOrNo],
  'routing.http.preserve_host_header.enabled': ['false', yesOrNo],
  'routing.http.x_amzn_tls_version_and_cipher_suite.enabled': ['false', yesOrNo],
  'routing.http.xff_client_port.enabled': ['false', yesOrNo],
  'routing.http.xff_header_processing.mode': ['append', { oneOf: ['append', 'preserve', 'remove'] }],
  'routing.http2.enabled': ['true', yesOrNo],
  'waf.fail_open.enabled': ['false', yesOrNo],
}

const ofNetwork: Attributes = {
  ...common,
  'dns_record.client_routing_policy': [
    'any_availability_zone',
    {
      oneOf: ['availability_zone_affinity', 'partial_availability_zone_affinity', 'any_availability_zone'],
    },
  ],
  'load_balancing.cross_zone.enabled': ['false', yesOrNo],
  'secondary_ips.auto_assigned.per_subnet': ['0', [0, 7]],
}

/** API Reference, LoadBalancerAttribute. */
export function attributesOf({ type }: LoadBalancer): Attributes {
  return type === 'application' ? ofApplication : ofNetwork
}
