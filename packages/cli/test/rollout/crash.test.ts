import { expect, test } from 'vitest'

import { crashEverywhere, crashTwiceEverywhere, type Counted } from './crash-everywhere.ts'
import { RolloutWorld, webNodes } from './rollout-world.ts'
import { expectGone, expectSettled, servingDigest } from './settled.ts'

const sizes = { min: 2, max: 4, desired: 2 }

function told(what: string, { points, states }: Counted): void {
  process.stdout.write(
    `${what}: ${String(points)} points, ${String(states)} different states of the account\n`,
  )
}

/** An account with one version that serves, and a change that takes another. */
async function beforeUpdate(web: object = {}) {
  const world = new RolloutWorld()
  await world.declare(webNodes(web))
  await world.addImage()
  const ran = await world.run('autoscale:run')
  expect(ran.error).toBeUndefined()
  await world.declare(webNodes({ ...web, instance_type: 't3.small' }))
  return world
}

async function digestAfterUpdate(world: RolloutWorld): Promise<string> {
  const before = world.store.snapshot()
  const { error } = await world.run('autoscale:update')
  expect(error).toBeUndefined()
  const digest = servingDigest(world)
  world.restore(before)
  return digest
}

test('an update that is cut off anywhere is finished by the next', { timeout: 300_000 }, async () => {
  const world = await beforeUpdate()
  const digest = await digestAfterUpdate(world)
  const settled = (label: string) => expectSettled(world, { ...sizes, digest }, label)
  told('update', await crashEverywhere({ world, action: 'autoscale:update', settled, atLeast: 2 }))
})

test('so is one that is cut off twice', { timeout: 600_000 }, async () => {
  const world = await beforeUpdate()
  const digest = await digestAfterUpdate(world)
  const settled = (label: string) => expectSettled(world, { ...sizes, digest }, label)
  told(
    'update, twice',
    await crashTwiceEverywhere({ world, action: 'autoscale:update', settled, atLeast: 2 }),
  )
})

test('a first start that is cut off anywhere is finished by the next', { timeout: 300_000 }, async () => {
  const world = new RolloutWorld()
  await world.declare(webNodes())
  await world.addImage()
  const before = world.store.snapshot()
  expect((await world.run('autoscale:run')).error).toBeUndefined()
  const digest = servingDigest(world)
  world.restore(before)
  const settled = (label: string) => expectSettled(world, { ...sizes, digest }, label)
  told(
    'run',
    await crashEverywhere({
      world,
      action: 'autoscale:run',
      settled,
      atLeast: 0,
      refusedWhenDone: 'AUTOSCALE_EXISTS',
    }),
  )
})

test('a rollback that is cut off anywhere is finished by the next', { timeout: 300_000 }, async () => {
  const world = await beforeUpdate()
  const digest = servingDigest(world)
  expect((await world.run('autoscale:update')).error).toBeUndefined()
  const settled = (label: string) => expectSettled(world, { ...sizes, digest }, label)
  told(
    'rollback',
    await crashEverywhere({
      world,
      action: 'autoscale:rollback',
      settled,
      atLeast: 2,
      refusedWhenDone: 'NO_PREVIOUS_VERSION',
    }),
  )
})

test('a deletion that is cut off anywhere is finished by the next', { timeout: 300_000 }, async () => {
  const world = await beforeUpdate()
  const settled = (label: string) => expectGone(world, label)
  told(
    'delete',
    await crashEverywhere({ world, action: 'autoscale:delete', options: { yes: true }, settled, atLeast: 0 }),
  )
})
