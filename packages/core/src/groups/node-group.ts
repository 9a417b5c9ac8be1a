import type { JsonObject } from './json.ts'

/** A group as nodes.json writes it, or as the merge gives it. Every field is described in docs/nodes-json.md. */
export interface NodeGroup {
  description?: string
  type?: 'amazon-ebs'
  region?: string
  vpc?: string
  zones?: string[]
  subnets?: string[]
  instance_type?: string
  ssh_username?: string
  key_name?: string
  iam_instance_profile?: string
  source_ami?: string | ImageFilter
  security_groups?: string[]
  block_devices?: BlockDevice[]
  elastic_ip?: boolean
  count?: number
  tags?: Record<string, string>
  load_balancer?: false | LoadBalancer
  dns?: false | DnsRecord
  depends_on?: string[]
  autoscale?: false | Autoscale
  default_attributes?: JsonObject
  override_attributes?: JsonObject
  run_list?: string[]
  post_run_list?: string[]
  data_bags?: string[]
  chef?: ChefInstallation
  image?: { format?: 'json' | 'hcl' }
  metadata_options?: MetadataOptions
  termination_protection?: boolean
  logs?: { log_group: string; files: string[] }[]
  attached_services?: Record<string, AttachedService>
  once?: { name: string; command: string; gives?: string }[]
  provides?: { service: string; port?: number; status?: string }[]
  consumes?: string[]
}

export interface ImageFilter {
  owner: string
  name: string
  architecture?: 'x86_64' | 'arm64'
}

export interface BlockDevice {
  device: string
  size_gib?: number
  type?: 'gp2' | 'gp3' | 'io1' | 'io2' | 'st1' | 'sc1' | 'standard'
  iops?: number
  /** MiB/s */
  throughput?: number
  encrypted?: boolean
  snapshot?: string
  delete_on_termination?: boolean
}

export interface LoadBalancer {
  scheme?: 'internet-facing' | 'internal'
  subnets?: string[]
  security_groups?: string[]
  listeners?: Listener[]
  health_check?: HealthCheck
  /** Seconds */
  drain?: number
}

export interface Listener {
  port: number
  protocol: 'http' | 'https' | 'tcp'
  target_port?: number
  certificate?: string
}

export interface HealthCheck {
  path?: string
  port?: number
  /** Seconds */
  interval?: number
  /** Seconds */
  timeout?: number
  healthy?: number
  unhealthy?: number
}

export interface DnsRecord {
  zone: string
  name: string
  target: 'private' | 'public' | 'load_balancer'
  /** Seconds */
  ttl?: number
}

/** Times are in seconds. */
export interface Autoscale {
  timeout?: number
  node_min?: number
  node_max?: number
  desired?: number
  health_check?: 'ec2' | 'elb'
  health_timeout?: number
  grace_period?: number
  cooldown?: number
  converge?: 'hook' | 'none'
  policies?: ScalingPolicy[]
  schedule?: ScheduledAction[]
}

export type ScalingPolicy = TargetTrackingPolicy | StepPolicy

export interface TargetTrackingPolicy {
  name: string
  type: 'target_tracking'
  metric: Metric
  target: number
  scale_in?: boolean
}

export interface StepPolicy {
  name: string
  type: 'step'
  metric: Metric
  comparison: '>' | '>=' | '<' | '<='
  threshold: number
  /** Seconds */
  period?: number
  periods?: number
  steps: { from?: number; to?: number; change: number }[]
}

export type Metric = 'cpu' | 'requests_per_target' | NamedMetric

export interface NamedMetric {
  namespace: string
  name: string
  dimensions?: Record<string, string>
  statistic?: 'average' | 'minimum' | 'maximum' | 'sum' | 'sample_count'
}

export interface ScheduledAction {
  cron: string
  time_zone?: string
  node_min?: number
  node_max?: number
  desired?: number
}

export interface ChefInstallation {
  install?: 'cinc' | 'omnitruck' | 'gem' | 'none'
  version?: string
}

export interface MetadataOptions {
  http_tokens?: 'required' | 'optional'
  http_put_response_hop_limit?: number
  instance_metadata_tags?: boolean
}

export interface AttachedService {
  address: string
  port: number
  /** Where the secret is, never the secret. */
  secret?: string
}
