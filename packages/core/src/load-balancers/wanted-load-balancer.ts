import type { HealthCheck, LoadBalancer, Listener } from '../groups/node-group.ts'
import { groupTags } from '../instances/group-instances.ts'
import type {
  AwsListener,
  AwsLoadBalancer,
  AwsTargetGroup,
  TargetGroupHealthCheck,
} from '../ports/cloud/load-balancers.ts'
import type { Tags } from '../ports/cloud/tags.ts'
import { listenerTarget } from './listener-target.ts'
import type { LoadBalancerNames } from './load-balancer-names.ts'

/** A group's load balancer as it should be. */
export interface WantedLoadBalancer extends Omit<AwsLoadBalancer, 'arn' | 'dnsName' | 'state'> {
  group: string
  /** Of the load balancer and all that belongs to it. */
  tags: Tags
  /** In the order of nodes.json. */
  listeners: WantedListener[]
}

export interface WantedListener extends Pick<AwsListener, 'port' | 'protocol' | 'certificateArn'> {
  targetGroup: WantedTargetGroup
}

export type WantedTargetGroup = Omit<AwsTargetGroup, 'arn' | 'loadBalancerArns' | 'tags'>

/** Where a load balancer stands. */
export interface LoadBalancerPlace {
  vpcId: string
  subnetIds: string[]
  securityGroupIds: string[]
}

/** What AWS does where nobody says anything (ELBv2 API Reference, CreateLoadBalancer, CreateTargetGroup), timeouts by protocol aside. */
const defaults = {
  scheme: 'internet-facing',
  interval: 30,
  timeout: 5,
  healthy: 5,
  unhealthy: 2,
  drain: 300,
} as const

/** An application load balancer speaks http and https, a network load balancer tcp; checkLoadBalancer refuses both in one. */
export function loadBalancerType({ listeners = [] }: LoadBalancer): AwsLoadBalancer['type'] {
  return listeners.some(({ protocol }) => protocol === 'tcp') ? 'network' : 'application'
}

/** What the group's `load_balancer` declares, with AWS's defaults for what it leaves out. */
export function wantedLoadBalancer(
  declared: LoadBalancer,
  names: LoadBalancerNames,
  place: LoadBalancerPlace,
): WantedLoadBalancer {
  return {
    group: names.group,
    name: names.loadBalancer,
    type: loadBalancerType(declared),
    scheme: declared.scheme ?? defaults.scheme,
    ...place,
    tags: groupTags(names.owner, names.group),
    listeners: (declared.listeners ?? []).map((listener) =>
      wantedListener(declared, listener, names, place.vpcId),
    ),
  }
}

function wantedListener(
  { health_check = {}, drain = defaults.drain }: LoadBalancer,
  listener: Listener,
  names: LoadBalancerNames,
  vpcId: string,
): WantedListener {
  const { port, protocol, certificate } = listener
  const name = names.targetGroups.get(port)
  if (name === undefined) throw new Error(`the names were made without the listener on port ${String(port)}`)
  const target = listenerTarget(listener)
  return {
    port,
    protocol: awsProtocol[protocol],
    ...(certificate !== undefined && { certificateArn: certificate }),
    targetGroup: { name, ...target, vpcId, healthCheck: healthCheckOf(health_check, target.protocol), drain },
  }
}

const awsProtocol = { http: 'HTTP', https: 'HTTPS', tcp: 'TCP' } as const

/** Targets of tcp are asked for a path only where one is declared. */
function healthCheckOf(declared: HealthCheck, protocol: AwsTargetGroup['protocol']): TargetGroupHealthCheck {
  const path = declared.path ?? (protocol === 'HTTP' ? '/' : undefined)
  return {
    ...(path === undefined ? { protocol: 'TCP' } : { protocol: 'HTTP', path }),
    port: declared.port === undefined ? 'traffic-port' : String(declared.port),
    interval: declared.interval ?? defaults.interval,
    timeout: declared.timeout ?? defaults.timeout,
    healthyThreshold: declared.healthy ?? defaults.healthy,
    unhealthyThreshold: declared.unhealthy ?? defaults.unhealthy,
  }
}
