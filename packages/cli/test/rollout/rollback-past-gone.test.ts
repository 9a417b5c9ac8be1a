import {
  DeleteLaunchTemplateCommand,
  DeleteLaunchTemplateVersionsCommand,
  ModifyLaunchTemplateCommand,
} from '@aws-sdk/client-ec2'
import { expect, test } from 'vitest'

import { differing } from './comparable-account.ts'
import { webNodes, type RolloutWorld } from './rollout-world.ts'
import { expectSettled, servingDigest } from './settled.ts'
import { tryAction, tryUpdate, webToUpdate, type Tried } from './web-fleet.ts'

const LaunchTemplateName = 'tests/web'
const settled = { min: 2, max: 4, desired: 2 }

function rollback(world: RolloutWorld, options: Record<string, boolean> = {}): Promise<Tried> {
  return tryAction(world, 'autoscale:rollback', { options })
}

/** An account in which three versions were in charge, one after the other. Gives their digests. */
async function webThatRanThrice() {
  const world = await webToUpdate({ instance_type: 't3.nano' }, { instance_type: 't3.micro' })
  const digests = [servingDigest(world)]
  expect((await tryUpdate(world)).error?.message).toBeUndefined()
  digests.push(servingDigest(world))
  await world.declare(webNodes({ instance_type: 't3.small' }))
  expect((await tryUpdate(world)).error?.message).toBeUndefined()
  digests.push(servingDigest(world))
  return { world, digests }
}

async function deleteByHand(world: RolloutWorld, ...versions: number[]): Promise<void> {
  const Versions = versions.map(String)
  await world.ec2.send(new DeleteLaunchTemplateVersionsCommand({ LaunchTemplateName, Versions }))
}

test('goes past a version that somebody has deleted to the newest earlier one, and says so', async () => {
  const { world, digests } = await webThatRanThrice()
  await deleteByHand(world, 2)
  const planned = await rollback(world, { 'dry-run': true })
  expect(planned.text).toMatch(/version 2 of launch template tests\/web is gone: back to version 1/)
  const back = await rollback(world)
  expect(back.error?.message).toBeUndefined()
  expect(back.text).toMatch(/version 2 of launch template tests\/web is gone: back to version 1/)
  expect(back.least).toBe(2)
  expectSettled(world, { ...settled, digest: digests[0] ?? '' }, 'rolled back')
})

test('an update meanwhile keeps what a rollback can still lead to', async () => {
  const { world, digests } = await webThatRanThrice()
  await deleteByHand(world, 2)
  await world.declare(webNodes({ instance_type: 't3.large' }))
  expect((await tryUpdate(world)).error?.message).toBeUndefined()
  for (const digest of [digests[2], digests[0]]) {
    expect((await rollback(world)).error?.message).toBeUndefined()
    expectSettled(world, { ...settled, digest: digest ?? '' }, 'rolled back')
  }
})

test('where nothing earlier is left it is refused, and said what is gone', async () => {
  const { world } = await webThatRanThrice()
  await deleteByHand(world, 1, 2)
  const refused = await rollback(world)
  expect(refused.error).toMatchObject({ code: 'NO_PREVIOUS_VERSION', kind: 'conflict' })
  expect(refused.error?.message).toBe(
    'web has no version to return to: version 2 of launch template tests/web is gone',
  )
  await world.ec2.send(new DeleteLaunchTemplateCommand({ LaunchTemplateName }))
  expect((await rollback(world)).text).toMatch(/version 3 of launch template tests\/web is gone/)
})

test('where what runs launches from a version that is gone, it is left and returned from all the same', async () => {
  const { world, digests } = await webThatRanThrice()
  await world.ec2.send(new ModifyLaunchTemplateCommand({ LaunchTemplateName, DefaultVersion: '1' }))
  await deleteByHand(world, 3)
  const before = world.store.snapshot()
  expect((await rollback(world)).error?.message).toBeUndefined()
  expectSettled(world, { ...settled, digest: digests[1] ?? '' }, 'rolled back')
  world.restore(before)
  expect((await tryUpdate(world)).error?.message).toBeUndefined()
  expectSettled(world, { ...settled, digest: digests[2] ?? '' }, 'updated')
  expect((await rollback(world)).error?.message).toBeUndefined()
  expectSettled(world, { ...settled, digest: digests[1] ?? '' }, 'updated and rolled back')
})

test('it may be cut off anywhere on the way', { timeout: 60_000 }, async () => {
  const { world, digests } = await webThatRanThrice()
  await deleteByHand(world, 2)
  const { points } = await rollback(world)
  for (const { label, state } of differing(points)) {
    world.restore(state)
    const again = await rollback(world)
    if (again.error?.code === 'NO_PREVIOUS_VERSION') expect(servingDigest(world), label).toBe(digests[0])
    else expect(again.error?.message, label).toBeUndefined()
    expect(again.least, label).toBeGreaterThanOrEqual(2)
    expectSettled(world, { ...settled, digest: digests[0] ?? '' }, label)
  }
})
