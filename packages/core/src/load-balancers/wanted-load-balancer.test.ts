import { expect, test } from 'vitest'

import type { LoadBalancer } from '../groups/node-group.ts'
import { wantedLoadBalancer } from './wanted-load-balancer.ts'

const names = {
  owner: { project: 'hive', environment: 'staging' },
  group: 'www',
  loadBalancer: 'staging-www-1',
  targetGroupPrefix: 'staging-www-',
  targetGroups: new Map([
    [80, 'staging-www-80'],
    [443, 'staging-www-443'],
  ]),
}
const place = { vpcId: 'vpc-1', subnetIds: ['subnet-a'], securityGroupIds: ['sg-1'] }
const wanted = (declared: LoadBalancer) => wantedLoadBalancer(declared, names, place)

test('takes defaults of AWS for what http leaves out', () => {
  expect(wanted({ listeners: [{ port: 80, protocol: 'http' }] })).toEqual({
    group: 'www',
    name: 'staging-www-1',
    type: 'application',
    scheme: 'internet-facing',
    ...place,
    tags: { 'package:project': 'hive', 'package:environment': 'staging', group: 'www' },
    listeners: [
      {
        port: 80,
        protocol: 'HTTP',
        targetGroup: {
          name: 'staging-www-80',
          port: 80,
          protocol: 'HTTP',
          vpcId: 'vpc-1',
          drain: 300,
          healthCheck: {
            protocol: 'HTTP',
            path: '/',
            port: 'traffic-port',
            interval: 30,
            timeout: 5,
            healthyThreshold: 5,
            unhealthyThreshold: 2,
          },
        },
      },
    ],
  })
})

test('takes everything that is declared, and ends TLS at the load balancer', () => {
  const { scheme, listeners } = wanted({
    scheme: 'internal',
    listeners: [
      { port: 80, protocol: 'http', target_port: 8080 },
      { port: 443, protocol: 'https', target_port: 8080, certificate: 'arn:aws:acm:cert' },
    ],
    health_check: { path: '/status', port: 81, interval: 15, timeout: 6, healthy: 3, unhealthy: 4 },
    drain: 0,
  })
  const target = {
    port: 8080,
    protocol: 'HTTP',
    vpcId: 'vpc-1',
    drain: 0,
    healthCheck: {
      protocol: 'HTTP',
      path: '/status',
      port: '81',
      interval: 15,
      timeout: 6,
      healthyThreshold: 3,
      unhealthyThreshold: 4,
    },
  }
  expect(scheme).toBe('internal')
  expect(listeners).toEqual([
    { port: 80, protocol: 'HTTP', targetGroup: { name: 'staging-www-80', ...target } },
    {
      port: 443,
      protocol: 'HTTPS',
      certificateArn: 'arn:aws:acm:cert',
      targetGroup: { name: 'staging-www-443', ...target },
    },
  ])
})

test.each([
  [{}, { protocol: 'TCP' }],
  [{ path: '/status' }, { protocol: 'HTTP', path: '/status' }],
])('tcp is a network load balancer, checked with %j by %j', (health_check, check) => {
  const { type, listeners } = wanted({ listeners: [{ port: 80, protocol: 'tcp' }], health_check })
  expect(type).toBe('network')
  expect(listeners[0]?.targetGroup).toMatchObject({ protocol: 'TCP', port: 80 })
  const { protocol, path } = listeners[0]?.targetGroup.healthCheck ?? {}
  expect({ protocol, ...(path !== undefined && { path }) }).toEqual(check)
})
