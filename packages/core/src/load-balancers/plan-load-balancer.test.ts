import { describe, expect, test } from 'vitest'

import {
  asWanted,
  changed,
  group,
  healthCheck,
  http,
  https,
  nothing,
  wanted,
} from '../../test/sample-load-balancer.ts'
import type { AwsListener, AwsTargetGroup } from '../ports/cloud/load-balancers.ts'
import { planLoadBalancer, staleTargetGroups } from './plan-load-balancer.ts'
import { stepLine } from './step-line.ts'

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
