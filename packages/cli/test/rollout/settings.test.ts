import {
  PutLifecycleHookCommand,
  PutNotificationConfigurationCommand,
  PutScalingPolicyCommand,
  PutScheduledUpdateGroupActionCommand,
} from '@aws-sdk/client-auto-scaling'
import { expect, test } from 'vitest'

import { webNodes, type RolloutWorld } from './rollout-world.ts'
import { servingDigest } from './settled.ts'
import { busy, expectReplaced, fleetOf, onlyGroup, tryUpdate, webToUpdate } from './web-fleet.ts'

const old = { AutoScalingGroupName: 'web-v000' }

const policy = { name: 'cpu', type: 'target_tracking', metric: 'cpu', target: 50 }
const night = { cron: '0 20 * * *', node_min: 0, node_max: 4, desired: 0 }
const day = { cron: '0 6 * * *', node_min: 2, node_max: 4, desired: 2 }

/** How many seconds it takes until that hour is next, in UTC. */
function secondsUntil(world: RolloutWorld, hour: number): number {
  const now = new Date(fleetOf(world).time)
  const then = new Date(now)
  then.setUTCHours(hour, 0, 0, 0)
  const left = (then.getTime() - now.getTime()) / 1000
  return left > 0 ? left : left + 86_400
}

test('what somebody has added by hand is carried to the next version', async () => {
  const world = await webToUpdate()
  const digest = servingDigest(world)
  const { scaling } = world
  const topic = 'arn:aws:sns:us-east-1:123456789012:fleet'
  await scaling.send(
    new PutScalingPolicyCommand({
      ...old,
      PolicyName: 'theirs',
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingConfiguration: {
        PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
        TargetValue: 40,
      },
    }),
  )
  await scaling.send(
    new PutScheduledUpdateGroupActionCommand({
      ...old,
      ScheduledActionName: 'their-friday',
      Recurrence: '0 18 * * 5',
      MaxSize: 4,
    }),
  )
  await scaling.send(
    new PutLifecycleHookCommand({
      ...old,
      LifecycleHookName: 'their-goodbye',
      LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
      HeartbeatTimeout: 30,
      DefaultResult: 'CONTINUE',
    }),
  )
  await scaling.send(
    new PutNotificationConfigurationCommand({
      ...old,
      TopicARN: topic,
      NotificationTypes: ['autoscaling:EC2_INSTANCE_LAUNCH'],
    }),
  )
  const before = onlyGroup(world)
  const tried = await tryUpdate(world)
  expect(tried.error?.message).toBeUndefined()
  expect(tried.least).toBe(2)
  expectReplaced(world, digest, {
    policies: ['theirs'],
    scheduledActions: ['their-friday'],
    hooks: ['package-converged', 'their-goodbye'],
  })
  const after = onlyGroup(world)
  expect(after.policies['theirs']?.settings).toMatchObject(before.policies['theirs']?.settings ?? {})
  expect(after.scheduledActions['their-friday']).toMatchObject({ recurrence: '0 18 * * 5', maxSize: 4 })
  expect(after.lifecycleHooks['their-goodbye']?.heartbeatTimeout).toBe(30)
  expect(after.notifications).toEqual({ [topic]: ['autoscaling:EC2_INSTANCE_LAUNCH'] })
})

test('node_max, policies and a schedule change in place', async () => {
  const world = await webToUpdate()
  const instances = Object.keys(onlyGroup(world).instances)
  const schedule = [
    { ...night, node_max: 6 },
    { ...day, node_max: 6 },
  ]
  const autoscale = { node_min: 2, node_max: 6, timeout: 60, policies: [policy, busy], schedule }
  await world.declare(webNodes({ autoscale }))
  const tried = await tryUpdate(world)
  expect(tried.error?.message).toBeUndefined()
  expect(tried.outcome?.data).toMatchObject({ groups: [{ group: 'web', status: 'updated' }] })
  expect(tried.least).toBe(2)
  const group = onlyGroup(world)
  expect([group.name, group.maxSize]).toEqual(['web-v000', 6])
  expect(Object.keys(group.instances)).toEqual(instances)
  expect(Object.keys(group.policies).sort()).toEqual(['package/busy', 'package/cpu'])
  expect(Object.keys(group.scheduledActions)).toEqual(['package/schedule-1', 'package/schedule-2'])
  expect(fleetOf(world).alarms).toContain('tests/web/busy')
  const again = await tryUpdate(world)
  expect(again.outcome?.data).toMatchObject({ groups: [{ status: 'unchanged' }] })

  const fewer = { node_min: 2, node_max: 6, timeout: 60, policies: [{ ...policy, target: 70 }] }
  await world.declare(webNodes({ autoscale: fewer }))
  expect((await tryUpdate(world)).error?.message).toBeUndefined()
  const changed = onlyGroup(world)
  expect([changed.name, Object.keys(changed.instances)]).toEqual(['web-v000', instances])
  expect(Object.keys(changed.policies)).toEqual(['package/cpu'])
  expect(JSON.stringify(changed.policies['package/cpu'])).toContain('70')
  expect(changed.scheduledActions).toEqual({})
  expect(fleetOf(world).alarms).not.toContain('tests/web/busy')
})

test('an update at night does not end the night', async () => {
  const autoscale = { node_min: 2, node_max: 4, schedule: [night, day] }
  const world = await webToUpdate({ autoscale })
  const digest = servingDigest(world)
  // From before the night has begun, whatever the hour is.
  await world.pass(secondsUntil(world, 19))
  await world.pass(secondsUntil(world, 21))
  expect(fleetOf(world).serving).toBe(0)
  const tried = await tryUpdate(world)
  expect(tried.error?.message).toBeUndefined()
  const scheduledActions = ['package/schedule-1', 'package/schedule-2']
  expectReplaced(world, digest, { min: 0, desired: 0, scheduledActions })
  const again = await tryUpdate(world)
  expect(again.outcome?.data).toMatchObject({ groups: [{ status: 'unchanged' }] })
  await world.pass(secondsUntil(world, 7))
  expectReplaced(world, digest, { min: 2, desired: 2, scheduledActions })
})

test('without a launch hook an update works, and autoscale:run warns', async () => {
  const world = await webToUpdate({ iam_instance_profile: undefined })
  const digest = servingDigest(world)
  expect((await world.run('autoscale:delete', { yes: true })).error?.message).toBeUndefined()
  const ran = await world.run('autoscale:run')
  const warnings = ran.events.filter(({ level }) => level === 'warning')
  expect(warnings.map(({ code }) => code)).toEqual(['CONVERGE_UNSEEN'])
  expect(warnings[0]?.text).toMatch(/web: a failed first Chef run will go unseen.*iam_instance_profile/)
  await world.declare(webNodes({ iam_instance_profile: undefined, instance_type: 't3.medium' }))
  const tried = await tryUpdate(world)
  expect(tried.error?.message).toBeUndefined()
  expect(tried.least).toBe(2)
  expectReplaced(world, digest, { hooks: [] })
})
