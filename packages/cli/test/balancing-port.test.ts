import { expect, test } from 'vitest'

import { describeWorlds, tags, type Site } from './scaling-site.ts'

function createBalancer({ cloud, subnetIds }: Site) {
  return cloud.createLoadBalancer({
    name: 'hive',
    type: 'application',
    scheme: 'internal',
    subnetIds,
    securityGroupIds: [],
    tags,
  })
}

describeWorlds('load balancers', (site) => {
  test('one is as it was asked for, changed, and gone for good', async () => {
    const here = await site()
    const { cloud, subnetIds, vpcId } = here
    const made = await createBalancer(here)
    expect(made).toMatchObject({ name: 'hive', type: 'application', scheme: 'internal', vpcId, tags })
    expect(made.dnsName).not.toBe('')
    const found = await cloud.loadBalancersNamed(['other', 'hive'])
    expect(found).toEqual([{ ...made, state: found[0]?.state }])
    expect(found[0]?.subnetIds.toSorted()).toEqual(subnetIds.toSorted())
    expect(await cloud.loadBalancersNamed([])).toEqual([])

    const more = (await cloud.subnets(vpcId)).slice(1, 4).map(({ id }) => id)
    await cloud.setLoadBalancerSubnets(made.arn, more)
    const [group] = await cloud.securityGroupsIn(vpcId)
    await cloud.setLoadBalancerSecurityGroups(made.arn, [group?.id ?? ''])
    const [changed] = await cloud.loadBalancersNamed(['hive'])
    expect(changed?.subnetIds.toSorted()).toEqual(more.toSorted())
    expect(changed?.securityGroupIds).toEqual([group?.id])

    await cloud.deleteLoadBalancer(made.arn)
    await cloud.deleteLoadBalancer(made.arn)
    expect(await cloud.loadBalancersNamed(['hive'])).toEqual([])
  })

  test('a listener forwards to one target group, then to another', async () => {
    const here = await site()
    const { cloud, createTargets } = here
    const { arn } = await createBalancer(here)
    const [first, second] = [await createTargets('hive-1'), await createTargets('hive-2')]
    const listener = { port: 80, protocol: 'HTTP' as const, targetGroupArn: first.arn }
    await cloud.createListener(arn, listener, tags)
    const [made] = await cloud.listeners(arn)
    expect(made).toEqual({ arn: made?.arn, ...listener })
    const [used] = await cloud.targetGroupsNamedLike('hive-1')
    expect(used?.loadBalancerArns).toEqual([arn])
    await expect(cloud.deleteTargetGroup(first.arn)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'IN_USE',
    })

    const gone = `${second.arn}0`
    expect(await cloud.existingTargetGroups([gone, first.arn, second.arn])).toEqual([first.arn, second.arn])

    const shared = { ...listener, idleTargetGroupArns: [second.arn] }
    await cloud.modifyListener(made?.arn ?? '', shared)
    expect(await cloud.listeners(arn)).toEqual([{ arn: made?.arn, ...shared }])

    const changed = { port: 8080, protocol: 'HTTP' as const, targetGroupArn: second.arn }
    await cloud.modifyListener(made?.arn ?? '', changed)
    expect(await cloud.listeners(arn)).toEqual([{ arn: made?.arn, ...changed }])
    await cloud.deleteListener(made?.arn ?? '')
    await cloud.deleteListener(made?.arn ?? '')
    expect(await cloud.listeners(arn)).toEqual([])
  })

  test('target groups are found by how their names begin', async () => {
    const { cloud, createTargets } = await site()
    const first = await createTargets('hive-1')
    await createTargets('other')
    expect(first).toMatchObject({ name: 'hive-1', port: 8080, protocol: 'HTTP', drain: 30, tags })
    expect(await cloud.targetGroupsNamedLike('hive-')).toEqual([first])
    const check = { ...first.healthCheck, path: '/down', interval: 20, timeout: 7 }
    await cloud.setTargetGroupHealthCheck(first.arn, check)
    await cloud.setTargetGroupDrain(first.arn, 45)
    expect(await cloud.targetGroupsNamedLike('hive-1')).toEqual([{ ...first, healthCheck: check, drain: 45 }])
    expect(await cloud.targetHealth(first.arn)).toEqual([])
    await cloud.deleteTargetGroup(first.arn)
    await cloud.deleteTargetGroup(first.arn)
    expect(await cloud.targetGroupsNamedLike('hive-')).toEqual([])
  })

  test('the instances of a group are its targets', async () => {
    const here = await site()
    const { cloud, pass, createGroup, createTargets, group } = here
    const { arn } = await createTargets()
    const balancer = await createBalancer(here)
    await cloud.createListener(balancer.arn, { port: 80, protocol: 'HTTP', targetGroupArn: arn }, tags)
    await createGroup({ targetGroupArns: [arn] })
    await pass(300)
    const ids = (await group())?.instances.map(({ id }) => id) ?? []
    const healthy = ids.toSorted().map((instanceId) => ({ instanceId, state: 'healthy', reason: '' }))
    const health = await cloud.targetHealth(arn)
    expect(health.toSorted((a, b) => (a.instanceId < b.instanceId ? -1 : 1))).toEqual(healthy)
  })
})
