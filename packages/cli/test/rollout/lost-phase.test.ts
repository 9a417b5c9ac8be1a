import { CreateOrUpdateTagsCommand, DeleteTagsCommand } from '@aws-sdk/client-auto-scaling'
import { expect, test } from 'vitest'

import { webNodes, type RolloutWorld } from './rollout-world.ts'
import { expectGone, servingDigest } from './settled.ts'
import { balanced, expectReplaced, standing, tryAction, tryUpdate, webToUpdate } from './web-fleet.ts'

const phase = { ResourceId: 'web-v000', ResourceType: 'auto-scaling-group', Key: 'package:phase' }

async function withoutPhase(): Promise<RolloutWorld> {
  const world = await webToUpdate(balanced)
  await world.scaling.send(new DeleteTagsCommand({ Tags: [phase] }))
  return world
}

async function setPhase(world: RolloutWorld, Value: string): Promise<void> {
  await world.scaling.send(
    new CreateOrUpdateTagsCommand({ Tags: [{ ...phase, Value, PropagateAtLaunch: false }] }),
  )
}

test.each([
  ['autoscale:update', {}],
  ['autoscale:update', { 'dry-run': true }],
  ['autoscale:update', { takeover: true, force: true }],
  ['autoscale:run', {}],
  ['autoscale:run', { 'dry-run': true }],
  ['autoscale:rollback', {}],
])('%s %o takes nothing for unfinished whose phase somebody has removed', async (action, options) => {
  const world = await withoutPhase()
  const before = standing(world)
  const tried = await tryAction(world, action, { options })
  expect(tried.error).toMatchObject({ code: 'PHASE_UNKNOWN', kind: 'conflict' })
  expect(tried.text).toMatch(/web-v000 has no tag package:phase/)
  expect(tried.text).toMatch(/aws autoscaling create-or-update-tags .*ResourceId=web-v000/)
  expect(tried.least).toBe(2)
  expect(standing(world)).toEqual(before)
})

test('a phase that nobody knows is none', async () => {
  const world = await withoutPhase()
  await setPhase(world, 'serving')
  const tried = await tryUpdate(world)
  expect(tried.error).toMatchObject({ code: 'PHASE_UNKNOWN' })
  expect(tried.text).toMatch(/the tag package:phase of web-v000 is "serving"/)
})

test('once the tag is back, the update goes on from there', async () => {
  const world = await withoutPhase()
  const digest = servingDigest(world)
  await setPhase(world, 'live')
  const tried = await tryUpdate(world)
  expect(tried.error?.message).toBeUndefined()
  expect(tried.least).toBe(2)
  expectReplaced(world, digest, { loadBalancers: 1 })
})

test('nothing is taken back where it cannot be said what served before', async () => {
  const world = await webToUpdate()
  const tried = await tryUpdate(world, {
    faults: { impairedLaunches: [4, 5, 6] },
    onCall: async (operation) => {
      if (operation !== 'SuspendProcesses') return
      await world.scaling.send(new DeleteTagsCommand({ Tags: [phase] }))
    },
  })
  expect(tried.error?.code).toBe('NOT_HEALTHY')
  expect(tried.text).toMatch(/what was begun is not taken back: web-v000 has no tag package:phase/)
  expect(tried.least).toBe(2)
  await setPhase(world, 'live')
  expect((await tryUpdate(world)).error?.message).toBeUndefined()
})

test('status says it', async () => {
  const world = await withoutPhase()
  const { outcome } = await tryAction(world, 'autoscale:status')
  const lines = outcome?.lines.join('\n') ?? ''
  expect(lines).toMatch(/^web: an update is not possible: web-v000 has no tag package:phase/)
  expect(lines).toMatch(/web-v000 {2}phase not known {2}2 of 2 healthy/)
  expect(outcome?.data).toMatchObject({ groups: [{ status: 'unknown', versions: [{ phase: 'unknown' }] }] })
})

test('of a run that was cut off too, status says first what is to be done about the phase', async () => {
  const world = await webToUpdate()
  const { points } = await tryUpdate(world)
  const cut = points.find(({ label }) => /^after \d+ SuspendProcesses/.test(label))
  world.restore(cut?.state ?? world.store.snapshot())
  expect(await statusOf(world)).toMatch(/^web: a run was cut off; the next one goes on with it\n/)
  await world.scaling.send(new DeleteTagsCommand({ Tags: [phase] }))
  const told = await statusOf(world)
  expect(told).toMatch(
    /^web: an update is not possible: web-v000 has no tag package:phase.*; put it back where /,
  )
  expect(told).toMatch(/^.*; after that, the next run goes on with one that was cut off\n/)
  const { outcome } = await tryAction(world, 'autoscale:status')
  expect(outcome?.data).toMatchObject({
    groups: [{ status: 'unknown', hint: expect.stringContaining('create-or-update-tags') }],
  })
})

async function statusOf(world: RolloutWorld): Promise<string> {
  const { outcome } = await tryAction(world, 'autoscale:status')
  return outcome?.lines.join('\n') ?? ''
}

test('to take the group down it need not be known', async () => {
  const world = await withoutPhase()
  await world.declare(webNodes(balanced))
  const tried = await tryAction(world, 'autoscale:delete', { options: { yes: true } })
  expect(tried.error?.message).toBeUndefined()
  expectGone(world, 'deleted')
})
