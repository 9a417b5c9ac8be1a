import {
  DeleteAutoScalingGroupCommand,
  EnterStandbyCommand,
  ExitStandbyCommand,
  SetDesiredCapacityCommand,
  SetInstanceProtectionCommand,
  SuspendProcessesCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling'
import { TerminateInstancesCommand } from '@aws-sdk/client-ec2'
import { expect, test } from 'vitest'

import type { RolloutWorld } from './rollout-world.ts'
import { servingDigest } from './settled.ts'
import {
  balanced,
  expectReplaced,
  fleetOf,
  onlyGroup,
  standing,
  tryUpdate,
  webToUpdate,
} from './web-fleet.ts'

const old = { AutoScalingGroupName: 'web-v000' }
const next = { AutoScalingGroupName: 'web-v001' }

/** Does something once, as soon as both versions serve: while the other nodes learn of the next one. */
function onceBothServe(world: RolloutWorld, work: () => Promise<unknown>) {
  let isDone = false
  return async () => {
    if (isDone || fleetOf(world).serving < 4) return
    isDone = true
    await work()
  }
}

/** Healthy instances of a version. */
function servingOf(world: RolloutWorld, name: string): number {
  return fleetOf(world).servingOf(name)
}

test.each([{}, balanced])(
  'the old group grows meanwhile: the next one grows before it goes %#',
  async (web) => {
    const world = await webToUpdate(web)
    const digest = servingDigest(world)
    const grow = new SetDesiredCapacityCommand({ ...old, DesiredCapacity: 4 })
    const tried = await tryUpdate(world, { onCall: onceBothServe(world, () => world.scaling.send(grow)) })
    expect(tried.error?.message).toBeUndefined()
    expect(tried.least).toBe(2)
    expectReplaced(world, digest, { desired: 4, loadBalancers: fleetOf(world).loadBalancers })
  },
)

test('no instance of a grown group goes before as many of the next one serve', async () => {
  const world = await webToUpdate()
  const grow = new SetDesiredCapacityCommand({ ...old, DesiredCapacity: 4 })
  const act = onceBothServe(world, () => world.scaling.send(grow))
  let fewest = Infinity
  let most = 0
  const tried = await tryUpdate(world, {
    onCall: async () => {
      await act()
      most = Math.max(most, servingOf(world, 'web-v000'))
      if (most === 4) fewest = Math.min(fewest, fleetOf(world).serving)
    },
  })
  expect(tried.error?.message).toBeUndefined()
  expect([most, fewest]).toEqual([4, 4])
})

test('instances of the next one that go while the old one drains are made up for before that one ends', async () => {
  const world = await webToUpdate(balanced)
  const digest = servingDigest(world)
  const serving: number[] = []
  const tried = await tryUpdate(world, {
    onCall: async (operation) => {
      const group = fleetOf(world).groups.find(({ name }) => name === 'web-v001')
      const InstanceIds = Object.keys(group?.instances ?? {})
      if (operation === 'DetachLoadBalancerTargetGroups') {
        await world.ec2.send(new TerminateInstancesCommand({ InstanceIds }))
      }
      if (operation === 'UpdateAutoScalingGroup') serving.push(servingOf(world, 'web-v001'))
    },
  })
  expect(tried.error?.message).toBeUndefined()
  expect(serving[0]).toBe(2)
  expectReplaced(world, digest, { loadBalancers: 1 })
})

test('the old group shrinks meanwhile: the next one stays as it is', async () => {
  const three = { autoscale: { node_min: 1, node_max: 4, desired: 3, timeout: 60 } }
  const world = await webToUpdate(three)
  const digest = servingDigest(world)
  const shrink = new SetDesiredCapacityCommand({ ...old, DesiredCapacity: 1 })
  const tried = await tryUpdate(world, { onCall: onceBothServe(world, () => world.scaling.send(shrink)) })
  expect(tried.error?.message).toBeUndefined()
  expect(tried.least).toBe(3)
  expectReplaced(world, digest, { min: 1, desired: 3 })
})

test('what somebody has scaled before is kept, within what nodes.json allows', async () => {
  const world = await webToUpdate()
  const digest = servingDigest(world)
  await world.scaling.send(new SetDesiredCapacityCommand({ ...old, DesiredCapacity: 3 }))
  await world.pass(300)
  const tried = await tryUpdate(world)
  expect(tried.error?.message).toBeUndefined()
  expect(tried.least).toBe(3)
  expectReplaced(world, digest, { desired: 3 })
})

test('the old group deleted meanwhile: the next one serves all the same', async () => {
  const world = await webToUpdate()
  const digest = servingDigest(world)
  const remove = new DeleteAutoScalingGroupCommand({ ...old, ForceDelete: true })
  const tried = await tryUpdate(world, { onCall: onceBothServe(world, () => world.scaling.send(remove)) })
  expect(tried.error?.message).toBeUndefined()
  expectReplaced(world, digest)
})

test('the old group deleted before anything of the next one serves: it goes on all the more', async () => {
  const world = await webToUpdate()
  const digest = servingDigest(world)
  const remove = new DeleteAutoScalingGroupCommand({ ...old, ForceDelete: true })
  const tried = await tryUpdate(world, {
    onCall: async (operation) => {
      if (operation === 'SuspendProcesses') await world.scaling.send(remove)
    },
  })
  expect(tried.error?.message).toBeUndefined()
  expectReplaced(world, digest)
})

test('the next group deleted meanwhile: told of, the old one serves, a rerun finishes', async () => {
  const world = await webToUpdate()
  const digest = servingDigest(world)
  const before = standing(world)
  const remove = new DeleteAutoScalingGroupCommand({ ...next, ForceDelete: true })
  const tried = await tryUpdate(world, { onCall: onceBothServe(world, () => world.scaling.send(remove)) })
  expect(tried.error).toMatchObject({ code: 'VERSION_GONE', kind: 'conflict' })
  expect(tried.exit).toBe(4)
  expect(tried.text).toMatch(/somebody has deleted web-v001.*\n.*run the same command again/)
  expect(tried.least).toBe(2)
  await world.pass(300)
  expect(standing(world)).toEqual(before)
  expect((await tryUpdate(world)).error?.message).toBeUndefined()
  expectReplaced(world, digest)
})

test.each(['protected', 'in standby'])(
  'an old instance that is %s is not ended over the operator',
  async (how) => {
    const world = await webToUpdate()
    const digest = servingDigest(world)
    const [id = ''] = Object.keys(onlyGroup(world).instances)
    const one = { ...old, InstanceIds: [id] }
    await (how === 'protected'
      ? world.scaling.send(new SetInstanceProtectionCommand({ ...one, ProtectedFromScaleIn: true }))
      : world.scaling.send(new EnterStandbyCommand({ ...one, ShouldDecrementDesiredCapacity: false })))
    await world.pass(300)
    const tried = await tryUpdate(world)
    expect(tried.error).toMatchObject({ code: 'NOT_EMPTY', kind: 'timeout' })
    expect(tried.exit).toBe(5)
    expect(tried.text).toMatch(new RegExp(`web-v000 keeps ${id} \\(${how}`))
    expect(tried.text).toMatch(/run the same command again/)
    expect(tried.text.includes(`web-v000 --instance-ids ${id})`)).toBe(how === 'protected')
    expect(tried.text).not.toMatch(/removed|serves as before/)
    expect(tried.least).toBe(2)
    const phases = fleetOf(world).groups.map(({ name, tags }) => [name, tags['package:phase']?.value])
    expect(phases).toEqual([
      ['web-v000', 'retiring'],
      ['web-v001', 'live'],
    ])
    expect(servingOf(world, 'web-v001')).toBe(2)
    if (how === 'protected') {
      await world.scaling.send(new SetInstanceProtectionCommand({ ...one, ProtectedFromScaleIn: false }))
    } else {
      await world.scaling.send(new UpdateAutoScalingGroupCommand({ ...old, MaxSize: 1 }))
      await world.scaling.send(new ExitStandbyCommand(one))
    }
    const again = await tryUpdate(world)
    expect(again.error?.message).toBeUndefined()
    expect(again.least).toBeGreaterThanOrEqual(2)
    expectReplaced(world, digest)
  },
)

test('a process that somebody has suspended stays so where the update fails', async () => {
  const world = await webToUpdate()
  const suspend = { ...old, ScalingProcesses: ['AZRebalance', 'HealthCheck'] }
  await world.scaling.send(new SuspendProcessesCommand(suspend))
  const before = standing(world)
  const remove = new DeleteAutoScalingGroupCommand({ ...next, ForceDelete: true })
  const tried = await tryUpdate(world, { onCall: onceBothServe(world, () => world.scaling.send(remove)) })
  expect(tried.error?.code).toBe('VERSION_GONE')
  await world.pass(300)
  expect(standing(world)).toEqual(before)
  expect(Object.keys(onlyGroup(world).suspended).sort()).toEqual(['AZRebalance', 'HealthCheck'])
})
