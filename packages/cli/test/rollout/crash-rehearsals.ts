import { expect } from 'vitest'

import type { Counted, Rehearsal } from './crash-everywhere.ts'
import { RolloutWorld, webNodes } from './rollout-world.ts'
import { expectGone, expectSettled, servingDigest, type Expected } from './settled.ts'
import { balanced, busy, webToUpdate } from './web-fleet.ts'

/** A group as nodes.json has it, and what there must be of it at the end. */
export interface Rehearsed {
  web: object
  settled: Omit<Expected, 'digest'>
}

const sizes = { min: 2, max: 4, desired: 2 }

/** Autoscale group and launch template alone. */
export const alone: Rehearsed = { web: {}, settled: sizes }

/** With everything else that a group can have on AWS. */
export const whole: Rehearsed = {
  web: {
    ...balanced,
    autoscale: {
      node_min: 2,
      node_max: 4,
      timeout: 60,
      policies: [busy],
      schedule: [{ cron: '0 7 1 1 *', node_min: 2 }],
    },
  },
  settled: {
    ...sizes,
    policies: ['package/busy'],
    scheduledActions: ['package/schedule-1'],
    loadBalancers: 1,
  },
}

export const rehearsals = { run, update, rollback, delete: remove } as const

async function run({ web, settled }: Rehearsed): Promise<Rehearsal> {
  const world = new RolloutWorld()
  await world.declare(webNodes(web))
  await world.addImage()
  const digest = await digestAfter(world, 'autoscale:run')
  return {
    world,
    action: 'autoscale:run',
    settled: (label) => expectSettled(world, { ...settled, digest }, label),
    atLeast: 0,
    refusedWhenDone: 'AUTOSCALE_EXISTS',
  }
}

async function update({ web, settled }: Rehearsed): Promise<Rehearsal> {
  const world = await webToUpdate(web)
  const digest = await digestAfter(world, 'autoscale:update')
  return {
    world,
    action: 'autoscale:update',
    settled: (label) => expectSettled(world, { ...settled, digest }, label),
    atLeast: settled.min,
  }
}

async function rollback({ web, settled }: Rehearsed): Promise<Rehearsal> {
  const world = await webToUpdate(web)
  const digest = servingDigest(world)
  expect((await world.run('autoscale:update')).error?.message).toBeUndefined()
  return {
    world,
    action: 'autoscale:rollback',
    settled: (label) => expectSettled(world, { ...settled, digest }, label),
    atLeast: settled.min,
    refusedWhenDone: 'NO_PREVIOUS_VERSION',
  }
}

async function remove({ web }: Rehearsed): Promise<Rehearsal> {
  const world = await webToUpdate(web)
  return {
    world,
    action: 'autoscale:delete',
    options: { yes: true },
    settled: (label) => expectGone(world, label),
    atLeast: 0,
  }
}

async function digestAfter(world: RolloutWorld, action: string): Promise<string> {
  const before = world.store.snapshot()
  expect((await world.run(action)).error?.message).toBeUndefined()
  const digest = servingDigest(world)
  world.restore(before)
  return digest
}

/** Prints the number of points, which a test asserts only to be some. */
export function told(what: string, { points, states }: Counted): void {
  expect(states).toBeGreaterThan(5)
  process.stdout.write(
    `${what}: ${String(points)} points, ${String(states)} different states of the account\n`,
  )
}
