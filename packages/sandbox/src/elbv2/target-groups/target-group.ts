import type { HealthCheck } from './health-check.ts'
import type { Target } from '../targets/target.ts'

export interface TargetGroup {
  arn: string
  name: string
  protocol: string
  /** Of HTTP and HTTPS. */
  protocolVersion?: string
  port: number
  vpcId: string
  targetType: 'instance' | 'ip'
  ipAddressType: string
  healthCheck: HealthCheck
  /** Those that were set; the others are as usual. */
  attributes: Record<string, string>
  /** By id and port. */
  targets: Record<string, Target>
  /** The load balancer that a listener sends it requests for, and since when one does. */
  usedBy?: { loadBalancerArn: string; since: number }
}
