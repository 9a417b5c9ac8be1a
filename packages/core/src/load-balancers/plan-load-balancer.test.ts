import { describe, expect, test } from 'vitest'

import type { AwsListener, AwsLoadBalancer, AwsTargetGroup } from '../ports/cloud/load-balancers.ts'
import { planLoadBalancer, staleTargetGroups } from './plan-load-balancer.ts'
import { planRemoval } from './plan-removal.ts'
import { type ActualLoadBalancer, sortOut } from './read-load-balancer.ts'
import { stepLine } from './step-line.ts'
import type { WantedLoadBalancer } from './wanted-load-balancer.ts'

const names = {
  owner: { project: 'hive', environment: undefined },
  group: 'www',
  loadBalancer: 'www-1',
  targetGroupPrefix: 'www-',
  targetGroups: new Map([
    [80, 'www-80'],
    [443, 'www-443'],
  ]),
}
const tags = { 'package:project': 'hive', group: 'www' }
const healthCheck = {
  protocol: 'HTTP' as const,
  path: '/',
  port: 'traffic-port',
  interval: 30,
  timeout: 5,
  healthyThreshold: 5,
  unhealthyThreshold: 2,
}
const target = { port: 80, protocol: 'HTTP' as const, vpcId: 'vpc-1', healthCheck, drain: 300 }
const loadBalancer: AwsLoadBalancer = {
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
const wanted: WantedLoadBalancer = {
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
const group = (name: string, change: Partial<AwsTargetGroup> = {}): AwsTargetGroup => ({
  arn: `arn:${name}`,
  name,
  ...target,
  loadBalancerArns: ['arn:www-1'],
  tags,
  ...change,
})
const http: AwsListener = { arn: 'arn:80', port: 80, protocol: 'HTTP', targetGroupArn: 'arn:www-80' }
const https: AwsListener = {
  arn: 'arn:443',
  port: 443,
  protocol: 'HTTPS',
  certificateArn: 'cert',
  targetGroupArn: 'arn:www-443',
}
const asWanted: ActualLoadBalancer = {
  loadBalancer,
  listeners: [https, http],
  targetGroups: [group('www-443'), group('www-80')],
  foreign: [],
}
const nothing: ActualLoadBalancer = { loadBalancer: undefined, listeners: [], targetGroups: [], foreign: [] }
const changed = (change: Partial<AwsLoadBalancer>) => ({
  ...asWanted,
  loadBalancer: { ...loadBalancer, ...change },
})

describe('planLoadBalancer', () => {
  test('has nothing to do where all is as wanted, in whatever order', () => {
    expect(planLoadBalancer(wanted, asWanted)).toEqual({ additions: [], listenerChanges: [], removals: [] })
  })

  test('makes everything, listeners after what they forward to', () => {
    const { additions, listenerChanges, removals } = planLoadBalancer(wanted, nothing)
    expect(additions.map(stepLine)).toEqual([
      'create internal application load balancer www-1 in subnet-a, subnet-b wearing sg-1, sg-2',
      'create target group www-80 for HTTP 80, checked by HTTP / every 30 s (at most 5 s; healthy after 5, unhealthy after 2), drained for 300 s',
      'create target group www-443 for HTTP 80, checked by HTTP / every 30 s (at most 5 s; healthy after 5, unhealthy after 2), drained for 300 s',
      'create listener HTTP 80, which forwards to www-80',
      'create listener HTTPS 443, which forwards to www-443',
    ])
    expect([...listenerChanges, ...removals]).toEqual([])
  })

  test('goes on where a run was cut off', () => {
    const { additions } = planLoadBalancer(wanted, {
      ...asWanted,
      listeners: [http],
      targetGroups: [group('www-80')],
    })
    expect(additions.map((step) => step.do)).toEqual(['create-target-group', 'create-listener'])
  })

  test.each([
    [{ subnetIds: ['subnet-a'] }, 'put load balancer www-1 into subnet-a, subnet-b'],
    [{ subnetIds: ['subnet-a', 'subnet-c'] }, 'put load balancer www-1 into subnet-a, subnet-b'],
    [{ securityGroupIds: ['sg-1'] }, 'change load balancer www-1 wearing sg-1, sg-2'],
  ])('puts right a load balancer with %j', (change, line) => {
    const { additions, listenerChanges, removals } = planLoadBalancer(wanted, changed(change))
    expect(additions.map(stepLine)).toEqual([line])
    expect([...listenerChanges, ...removals]).toEqual([])
  })

  test.each([
    [{ drain: 60 }, 'set-drain'],
    ...Object.entries({ ...healthCheck, protocol: 'TCP', port: '80', path: '/status' }).map(
      ([member, value]) => {
        const other = typeof value === 'number' ? value + 1 : value
        return [{ healthCheck: { ...healthCheck, [member]: other } }, 'set-health-check'] as const
      },
    ),
  ] as [Partial<AwsTargetGroup>, string][])('puts right a target group with %j by %s', (change, what) => {
    const targetGroups = [group('www-80', change), group('www-443')]
    const plan = planLoadBalancer(wanted, { ...asWanted, targetGroups })
    expect(plan.additions.map((step) => [step.do, 'name' in step && step.name])).toEqual([[what, 'www-80']])
    expect([...plan.listenerChanges, ...plan.removals]).toEqual([])
  })

  test.each<Partial<AwsListener>>([
    { protocol: 'HTTP' },
    { certificateArn: 'another' },
    { targetGroupArn: 'arn:somebody-elses' },
  ])('changes a listener with %j', (change) => {
    const plan = planLoadBalancer(wanted, { ...asWanted, listeners: [http, { ...https, ...change }] })
    expect(plan.additions).toEqual([])
    expect(plan.listenerChanges.map(stepLine)).toEqual([
      'change listener 443 to HTTPS, which forwards to www-443',
    ])
  })

  test('moves a listener to the target group of a new port, and removes the old one last', () => {
    const actual = {
      ...asWanted,
      listeners: [{ ...http, targetGroupArn: 'arn:www-old' }, https],
      targetGroups: [group('www-old', { port: 8080 }), group('www-443')],
    }
    const plan = planLoadBalancer(wanted, actual)
    const listener = { do: 'modify-listener', port: 80, protocol: 'HTTP' }
    expect(plan.additions.map((step) => step.do)).toEqual(['create-target-group', 'modify-listener'])
    expect(plan.additions.at(-1)).toEqual({ ...listener, targetGroup: 'www-old', idle: 'www-80' })
    expect(plan.listenerChanges).toEqual([{ ...listener, targetGroup: 'www-80', idle: 'www-old' }])
    expect(plan.removals).toEqual([
      { ...listener, targetGroup: 'www-80' },
      { do: 'delete-target-group', name: 'www-old' },
    ])
    expect(staleTargetGroups(wanted, actual).map(({ arn }) => arn)).toEqual(['arn:www-old'])
  })

  test('takes away a listener that is not declared any more, and leaves one alone that was added by hand', () => {
    const byHand: AwsListener[] = [
      { arn: 'arn:8080', port: 8080, protocol: 'HTTP' },
      { arn: 'arn:8081', port: 8081, protocol: 'HTTP', targetGroupArn: 'arn:somebody-elses' },
      { arn: 'arn:8082', port: 8082, protocol: 'HTTP', targetGroupArn: 'arn:www-80' },
    ]
    const [first] = wanted.listeners
    const less = { ...wanted, listeners: first === undefined ? [] : [first] }
    const plan = planLoadBalancer(less, { ...asWanted, listeners: [...byHand, http, https] })
    expect(plan).toEqual({
      additions: [],
      listenerChanges: [{ do: 'delete-listener', port: 443 }],
      removals: [{ do: 'delete-target-group', name: 'www-443' }],
    })
  })

  test.each<[Partial<AwsLoadBalancer>, string]>([
    [{ type: 'network' }, 'is of the type network, and nodes.json wants application'],
    [{ scheme: 'internet-facing' }, 'is internet-facing, and nodes.json wants internal'],
    [{ vpcId: 'vpc-2' }, 'is in vpc-2, and nodes.json wants vpc-1'],
  ])('refuses to change %j', (change, text) => {
    expect(() => planLoadBalancer(wanted, changed(change))).toThrow(
      expect.objectContaining({
        kind: 'conflict',
        code: 'LOAD_BALANCER_FIXED',
        message: `the load balancer www-1 of www ${text}: AWS cannot change that`,
      }),
    )
  })

  test('refuses a target group that stayed in another VPC', () => {
    const actual = { ...nothing, targetGroups: [group('www-80', { vpcId: 'vpc-2' })] }
    expect(() => planLoadBalancer(wanted, actual)).toThrow('the target group www-80 of www is in vpc-2')
  })

  test.each([
    [[], ['sg-1'], 'was made without security groups'],
    [['sg-1'], [], 'has security groups'],
  ])('refuses to make %j of a network load balancer %j', (actual, securityGroupIds, text) => {
    const network = { ...wanted, type: 'network' as const, securityGroupIds }
    const plan = () => planLoadBalancer(network, changed({ type: 'network', securityGroupIds: actual }))
    expect(plan).toThrow(text)
  })

  test('a network load balancer may have no security groups, or others', () => {
    const without = { ...wanted, type: 'network' as const, securityGroupIds: [] }
    expect(planLoadBalancer(without, changed({ type: 'network', securityGroupIds: [] })).additions).toEqual(
      [],
    )
    const plan = planLoadBalancer(
      { ...wanted, type: 'network' },
      changed({ type: 'network', securityGroupIds: ['sg-3'] }),
    )
    expect(plan.additions.map((step) => step.do)).toEqual(['set-security-groups'])
  })
})

describe('what has a name of ours', () => {
  const others = [
    {},
    { 'package:project': 'hive' },
    { ...tags, 'package:project': 'other' },
    { ...tags, 'package:environment': 'staging' },
    { ...tags, group: 'www2' },
  ]

  test.each(others)('is nothing of ours with the tags %j: a conflict, and never removed', (foreignTags) => {
    const foreign = { ...loadBalancer, tags: foreignTags }
    const actual = sortOut(names, [foreign], [group('www-80', { tags: foreignTags })])
    expect(actual).toMatchObject({ loadBalancer: undefined, targetGroups: [] })
    expect(() => planLoadBalancer(wanted, actual)).toThrow(
      expect.objectContaining({ kind: 'conflict', code: 'LOAD_BALANCER_FOREIGN' }),
    )
    expect(() => planLoadBalancer(wanted, { ...actual, foreign: actual.foreign.slice(1) })).toThrow(
      'target group www-80',
    )
    expect(planRemoval(actual)).toEqual([])
  })

  test('others may have target groups whose names only begin as ours', () => {
    const actual = sortOut(
      names,
      [loadBalancer],
      [group('www-api-1', { tags: { ...tags, group: 'www-api' } })],
    )
    expect(actual).toMatchObject({ loadBalancer, targetGroups: [], foreign: [] })
  })

  test('may carry further tags', () => {
    const further = { ...loadBalancer, tags: { ...tags, cost: 'centre' } }
    expect(sortOut(names, [further], []).loadBalancer).toBe(further)
  })
})

describe('planRemoval', () => {
  test('removes everything, target groups last', () => {
    const lines = planRemoval({
      ...asWanted,
      targetGroups: [...asWanted.targetGroups, group('www-old')],
    }).map(stepLine)
    expect(lines).toEqual([
      'delete listener 443',
      'delete listener 80',
      'delete load balancer www-1',
      'delete target group www-443',
      'delete target group www-80',
      'delete target group www-old',
    ])
  })

  test('removes what an interrupted one has left', () => {
    const actual = { ...nothing, targetGroups: [group('www-80')] }
    expect(planRemoval(actual)).toEqual([{ do: 'delete-target-group', name: 'www-80' }])
    expect(planRemoval(nothing)).toEqual([])
  })
})
