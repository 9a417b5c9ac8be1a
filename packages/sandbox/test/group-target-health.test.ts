import { AttachLoadBalancerTargetGroupsCommand } from '@aws-sdk/client-auto-scaling'
import { describe, expect, test } from 'vitest'

import { AutoScalingGroupName } from './group-account.ts'
import { servedGroup } from './served-group.ts'

describe('the health checks of a load balancer', () => {
  const options = { faults: { sickLaunches: [{ launch: 1, after: 60 }], times: { statusChecks: 10_000 } } }

  test('make a group replace what they call unhealthy, after the grace period', async () => {
    const more = { HealthCheckType: 'ELB', HealthCheckGracePeriod: 300 }
    const { sandbox, ids, targets, activities, attachments } = await servedGroup(more, options)
    const [sick = '', well = ''] = await ids()
    await sandbox.advance(20_000)
    expect(await attachments()).toEqual(['InService'])
    await sandbox.advance(80_000)
    expect(await targets()).toEqual({ [sick]: 'unhealthy Target.Timeout', [well]: 'healthy' })
    await sandbox.advance(180_000)
    expect(await ids()).toEqual([sick, well])
    await sandbox.advance(180_000)
    const after = await ids()
    expect(after).toHaveLength(2)
    expect(after).not.toContain(sick)
    expect((await activities()).map(({ Cause }) => Cause)).toContainEqual(
      expect.stringContaining('in response to an ELB system health check failure') as string,
    )
  })

  test('mean nothing to a group that looks at EC2 only', async () => {
    const { sandbox, ids, targets } = await servedGroup({}, options)
    const [sick = ''] = await ids()
    await sandbox.advance(900_000)
    expect((await targets())[sick]).toBe('unhealthy Target.Timeout')
    expect(await ids()).toContain(sick)
  })

  const never = { faults: { unhealthyTargetLaunches: [1, 2] } }

  test('replace what never passes them, in a group that was created with the target group', async () => {
    const more = { HealthCheckType: 'ELB', HealthCheckGracePeriod: 60 }
    const { sandbox, ids, targets, attachments } = await servedGroup(more, never)
    const before = await ids()
    expect(await attachments()).toEqual(['InService'])
    await sandbox.advance(55_000)
    expect(await ids()).toEqual(before)
    await sandbox.advance(240_000)
    const after = await ids()
    expect(after).toHaveLength(2)
    expect(before.filter((id) => after.includes(id))).toEqual([])
    expect(await targets()).toEqual(Object.fromEntries(after.map((id) => [id, 'healthy'])))
  })

  test('replace nothing as long as no instance has passed them since it was attached', async () => {
    const account = await servedGroup({ HealthCheckType: 'ELB', TargetGroupARNs: [] }, never)
    const { sandbox, ids, targets, attachments, autoscaling, targetGroupArn } = account
    await autoscaling.send(
      new AttachLoadBalancerTargetGroupsCommand({ AutoScalingGroupName, TargetGroupARNs: [targetGroupArn] }),
    )
    const before = await ids()
    await sandbox.advance(900_000)
    expect(Object.values(await targets())).toEqual(['unhealthy Target.Timeout', 'unhealthy Target.Timeout'])
    expect(await ids()).toEqual(before)
    expect(await attachments()).toEqual(['Added'])
  })
})
