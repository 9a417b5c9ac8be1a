import type { Tags } from './tags.ts'

export interface AwsLoadBalancer {
  arn: string
  name: string
  type: 'application' | 'network'
  scheme: 'internet-facing' | 'internal'
  dnsName: string
  /** Such as `provisioning`, `active`, `failed`. */
  state: string
  vpcId: string
  subnetIds: string[]
  securityGroupIds: string[]
  tags: Tags
}

export interface AwsListener {
  arn: string
  port: number
  protocol: 'HTTP' | 'HTTPS' | 'TCP'
  certificateArn?: string
  /** The one that gets all requests; missing where it does something else than forward to one target group. */
  targetGroupArn?: string
  /** Those of weight 0 beside it: their targets are checked, and get nothing. */
  idleTargetGroupArns?: string[]
}

/** A listener that forwards to one target group. */
export interface ForwardingListener extends Omit<AwsListener, 'arn'> {
  targetGroupArn: string
}

/** Times are in seconds. */
export interface TargetGroupHealthCheck {
  protocol: 'HTTP' | 'TCP'
  /** A number, or `traffic-port`. */
  port: string
  /** For HTTP only. */
  path?: string
  interval: number
  timeout: number
  healthyThreshold: number
  unhealthyThreshold: number
}

export interface AwsTargetGroup {
  arn: string
  name: string
  port: number
  protocol: 'HTTP' | 'TCP'
  vpcId: string
  healthCheck: TargetGroupHealthCheck
  /** Seconds that a target drains before it is let go. */
  drain: number
  loadBalancerArns: string[]
  tags: Tags
}

export interface TargetHealth {
  instanceId: string
  /** As AWS has it, such as `initial`, `healthy`, `unhealthy`, `unused`, `draining`. */
  state: string
  /** In AWS's words; empty for a healthy one. */
  reason: string
}

/** Load balancers, their listeners, and the groups of targets that these forward to. Deleting is done also when it is gone. */
export interface LoadBalancers {
  loadBalancersNamed(names: readonly string[]): Promise<AwsLoadBalancer[]>
  /** Throws PackageError (conflict, LOAD_BALANCER_EXISTS). */
  createLoadBalancer(
    balancer: Pick<AwsLoadBalancer, 'name' | 'type' | 'scheme' | 'subnetIds' | 'securityGroupIds' | 'tags'>,
  ): Promise<AwsLoadBalancer>
  setLoadBalancerSubnets(arn: string, subnetIds: readonly string[]): Promise<void>
  setLoadBalancerSecurityGroups(arn: string, securityGroupIds: readonly string[]): Promise<void>
  deleteLoadBalancer(arn: string): Promise<void>
  listeners(loadBalancerArn: string): Promise<AwsListener[]>
  /** Throws PackageError (conflict, LISTENER_EXISTS). */
  createListener(loadBalancerArn: string, listener: ForwardingListener, tags: Tags): Promise<void>
  /** Changes it to this; its port names it no more. */
  modifyListener(arn: string, listener: ForwardingListener): Promise<void>
  deleteListener(arn: string): Promise<void>
  /** Those whose names begin so; only of these are tags asked for. */
  targetGroupsNamedLike(prefix: string): Promise<AwsTargetGroup[]>
  /** Which of these there are. */
  existingTargetGroups(arns: readonly string[]): Promise<string[]>
  /** Throws PackageError (conflict, TARGET_GROUP_EXISTS). */
  createTargetGroup(group: Omit<AwsTargetGroup, 'arn' | 'loadBalancerArns'>): Promise<AwsTargetGroup>
  setTargetGroupHealthCheck(arn: string, check: TargetGroupHealthCheck): Promise<void>
  setTargetGroupDrain(arn: string, seconds: number): Promise<void>
  /** Throws PackageError (conflict, TARGET_GROUP_IN_USE) while a listener forwards to it. */
  deleteTargetGroup(arn: string): Promise<void>
  targetHealth(targetGroupArn: string): Promise<TargetHealth[]>
}
