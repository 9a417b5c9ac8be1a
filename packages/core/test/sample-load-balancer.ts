import type { ActualLoadBalancer } from '../src/load-balancers/read-load-balancer.ts'
import type { WantedLoadBalancer } from '../src/load-balancers/wanted-load-balancer.ts'
import type { AwsListener, AwsLoadBalancer, AwsTargetGroup } from '../src/ports/cloud/load-balancers.ts'

export const names = {
  owner: { project: 'hive', environment: undefined },
  group: 'www',
  loadBalancer: 'www-1',
  targetGroupPrefix: 'www-',
  targetGroups: new Map([
    [80, 'www-80'],
    [443, 'www-443'],
  ]),
}

export const tags = { 'package:project': 'hive', group: 'www' }

export const healthCheck = {
  protocol: 'HTTP' as const,
  path: '/',
  port: 'traffic-port',
  interval: 30,
  timeout: 5,
  healthyThreshold: 5,
  unhealthyThreshold: 2,
}

const target = { port: 80, protocol: 'HTTP' as const, vpcId: 'vpc-1', healthCheck, drain: 300 }

export const loadBalancer: AwsLoadBalancer = {
  arn: 'arn:www-1',
  name: 'www-1',
  type: 'application',
  scheme: 'internal',
  dnsName: 'www-1.example.com',
  state: 'active',
  vpcId: 'vpc-1',
  subnetIds: ['subnet-b', 'subnet-a'],
  securityGroupIds: ['sg-2', 'sg-1'],
  tags,
}

export const wanted: WantedLoadBalancer = {
  group: 'www',
  name: 'www-1',
  type: 'application',
  scheme: 'internal',
  vpcId: 'vpc-1',
  subnetIds: ['subnet-a', 'subnet-b'],
  securityGroupIds: ['sg-1', 'sg-2'],
  tags,
  listeners: [
    { port: 80, protocol: 'HTTP', targetGroup: { name: 'www-80', ...target } },
    { port: 443, protocol: 'HTTPS', certificateArn: 'cert', targetGroup: { name: 'www-443', ...target } },
  ],
}

export const group = (name: string, change: Partial<AwsTargetGroup> = {}): AwsTargetGroup => ({
  arn: `arn:${name}`,
  name,
  ...target,
  loadBalancerArns: ['arn:www-1'],
  tags,
  ...change,
})

export const http: AwsListener = { arn: 'arn:80', port: 80, protocol: 'HTTP', targetGroupArn: 'arn:www-80' }

export const https: AwsListener = {
  arn: 'arn:443',
  port: 443,
  protocol: 'HTTPS',
  certificateArn: 'cert',
  targetGroupArn: 'arn:www-443',
}

export const asWanted: ActualLoadBalancer = {
  loadBalancer,
  listeners: [https, http],
  targetGroups: [group('www-443'), group('www-80')],
  foreign: [],
}

export const nothing: ActualLoadBalancer = {
  loadBalancer: undefined,
  listeners: [],
  targetGroups: [],
  foreign: [],
}

export const changed = (change: Partial<AwsLoadBalancer>) => ({
  ...asWanted,
  loadBalancer: { ...loadBalancer, ...change },
})
