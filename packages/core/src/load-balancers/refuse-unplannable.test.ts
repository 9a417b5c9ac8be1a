import { describe, expect, test } from 'vitest'

import { changed, group, nothing, wanted } from '../../test/sample-load-balancer.ts'
import type { AwsLoadBalancer } from '../ports/cloud/load-balancers.ts'
import { planLoadBalancer } from './plan-load-balancer.ts'

describe('planLoadBalancer', () => {
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
})
