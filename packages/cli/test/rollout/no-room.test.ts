import { DeregisterImageCommand } from '@aws-sdk/client-ec2'
import type { RefusedLaunch } from '@package/sandbox/faults/refused-launch'
import { expect, test } from 'vitest'

import { servingDigest } from './settled.ts'
import { RolloutWorld, webNodes } from './rollout-world.ts'
import {
  balanced,
  expectReplaced,
  fleetOf,
  onlyGroup,
  standing,
  tryAction,
  tryUpdate,
  webToUpdate,
} from './web-fleet.ts'

const noRoom: RefusedLaunch = {
  code: 'InsufficientInstanceCapacity',
  message:
    'We currently do not have sufficient t3.small capacity in the Availability Zone you requested (us-east-1a).',
  status: 500,
}

test('no capacity in one zone is made up for by the others', async () => {
  const world = await webToUpdate()
  const digest = servingDigest(world)
  const tried = await tryUpdate(world, { faults: { refusedLaunches: [{ ...noRoom, zone: 'us-east-1a' }] } })
  expect(tried.error?.message).toBeUndefined()
  expect(tried.least).toBe(2)
  expectReplaced(world, digest)
  const zones = Object.values(onlyGroup(world).instances).map(({ zone }) => zone)
  expect(zones).not.toContain('us-east-1a')
})

test.each([{}, balanced])('no capacity in any zone ends the update early %#', async (web) => {
  const world = await webToUpdate(web)
  const before = standing(world)
  const began = fleetOf(world).now
  const tried = await tryUpdate(world, { faults: { refusedLaunches: [noRoom] } })
  expect(tried.error).toMatchObject({ code: 'INSUFFICIENT_CAPACITY', kind: 'system' })
  expect(tried.exit).toBe(1)
  expect(tried.text).toMatch(/web-v001: \d+ launches failed.*sufficient t3.small capacity.*us-east-1a/)
  expect(tried.text).toMatch(/another instance_type/)
  expect(tried.text).toMatch(/web-v001 was removed; web-v000 serves as before/)
  expect(fleetOf(world).now - began).toBeLessThan(300_000)
  expect(tried.least).toBe(2)
  expect(standing(world)).toEqual(before)
  const digest = servingDigest(world)
  expect((await tryUpdate(world)).error?.message).toBeUndefined()
  expectReplaced(world, digest, { loadBalancers: fleetOf(world).loadBalancers })
})

test('a limit that only one version fits under is told of with what to do', async () => {
  const world = await webToUpdate()
  const before = standing(world)
  const limit = 'You have requested more vCPU capacity than your current vCPU limit of 3 allows.'
  const refusedLaunches = [{ code: 'VcpuLimitExceeded', message: limit, status: 400, whenRunning: 3 }]
  const tried = await tryUpdate(world, { faults: { refusedLaunches } })
  expect(tried.error).toMatchObject({ code: 'QUOTA', kind: 'system' })
  expect(tried.exit).toBe(1)
  expect(tried.text).toMatch(/more vCPU capacity than your current vCPU limit/)
  expect(tried.text).toMatch(/room for twice as many.*Service Quotas/)
  expect(tried.least).toBe(2)
  expect(standing(world)).toEqual(before)
})

test('an image that is gone before is missed before anything is changed', async () => {
  const world = await webToUpdate()
  await world.ec2.send(new DeregisterImageCommand({ ImageId: imageOf(world) }))
  const before = standing(world)
  const tried = await tryUpdate(world)
  expect(tried.error).toMatchObject({ code: 'NO_IMAGE', kind: 'conflict' })
  expect(tried.exit).toBe(4)
  expect(tried.text).toMatch(/web has no image in us-east-1/)
  expect(tried.text).toMatch(/package packer:run web/)
  const named = await tryUpdate(world, { options: { ami: 'ami-00000000000000000' } })
  expect(named.exit).toBe(3)
  expect(named.text).toMatch(/ami-00000000000000000.*--ami/)
  expect(named.error?.hint).not.toMatch(/nodes\.json/)
  expect(standing(world)).toEqual(before)
})

test('an image that goes meanwhile ends the update early', async () => {
  const world = await webToUpdate()
  const image = imageOf(world)
  const before = standing(world)
  const began = fleetOf(world).now
  const tried = await tryUpdate(world, {
    onCall: async (operation) => {
      if (operation !== 'SuspendProcesses') return
      await world.ec2.send(new DeregisterImageCommand({ ImageId: image }))
    },
  })
  expect(tried.error).toMatchObject({ code: 'IMAGE_GONE', kind: 'system' })
  expect(tried.exit).toBe(1)
  expect(tried.text).toMatch(new RegExp(`${image}.*does not exist`))
  expect(tried.text).toMatch(/package packer:run web/)
  expect(fleetOf(world).now - began).toBeLessThan(300_000)
  expect(tried.least).toBe(2)
  expect(standing(world)).toEqual(before)
})

test('a rollback to a version whose image is gone leaves what serves', async () => {
  const world = await webToUpdate()
  const first = imageOf(world)
  await world.addImage()
  expect((await tryUpdate(world)).error?.message).toBeUndefined()
  await world.ec2.send(new DeregisterImageCommand({ ImageId: first }))
  const before = standing(world)
  const tried = await tryAction(world, 'autoscale:rollback')
  expect(tried.error).toMatchObject({ code: 'IMAGE_GONE', kind: 'conflict' })
  expect(tried.text).toMatch(/package autoscale:update/)
  expect(tried.text).toMatch(new RegExp(first))
  expect(tried.least).toBe(2)
  expect(standing(world)).toEqual(before)
})

test('of a single instance, the next one serves before the old one goes', async () => {
  const one = { autoscale: { node_min: 1, node_max: 1, timeout: 60 } }
  const world = await webToUpdate(one)
  const digest = servingDigest(world)
  const tried = await tryUpdate(world)
  expect(tried.error?.message).toBeUndefined()
  expect(tried.least).toBe(1)
  expectReplaced(world, digest, { min: 1, max: 1, desired: 1 })
})

test('a group without instances is replaced by one without', async () => {
  const none = { autoscale: { node_min: 0, node_max: 4, desired: 0 } }
  const world = await webToUpdate(none)
  const digest = servingDigest(world)
  const tried = await tryUpdate(world)
  expect(tried.error?.message).toBeUndefined()
  expectReplaced(world, digest, { min: 0, max: 4, desired: 0 })
  const calls = tried.calls.filter((name) => /TargetHealth|InstanceStatus/.test(name))
  expect(calls).toEqual([])
})

test('a first start that finds no room leaves nothing', async () => {
  const world = new RolloutWorld()
  await world.declare(webNodes(balanced))
  await world.addImage()
  const tried = await tryAction(world, 'autoscale:run', { faults: { refusedLaunches: [noRoom] } })
  expect(tried.error?.code).toBe('INSUFFICIENT_CAPACITY')
  expect(tried.text).toMatch(/web-v000 was removed; nothing of it serves/)
  const fleet = fleetOf(world)
  expect([fleet.groups.length, fleet.templates, fleet.strayInstances.length]).toEqual([0, 0, 0])
  const again = await tryAction(world, 'autoscale:run')
  expect(again.error?.message).toBeUndefined()
})

function imageOf(world: RolloutWorld): string {
  return Object.values(onlyGroup(world).instances)[0]?.imageId ?? ''
}
