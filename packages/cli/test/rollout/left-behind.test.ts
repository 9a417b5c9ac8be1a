import { expect, test } from 'vitest'

import { RolloutWorld, webNodes } from './rollout-world.ts'
import { expectGone, expectSettled, servingDigest } from './settled.ts'
import { balanced, launchesFrom, nextLaunch, tryAction, webToUpdate } from './web-fleet.ts'

const left =
  /left of web: load balancer web-[0-9a-f]{8}, listener 80, target group web-[0-9a-f]{8}; package autoscale:run web goes on with that, package autoscale:delete web removes it$/

async function headOf(world: RolloutWorld): Promise<string> {
  const { outcome } = await tryAction(world, 'autoscale:status')
  return outcome?.lines[0] ?? ''
}

async function failedStart(web: object): Promise<{ world: RolloutWorld; hint: string }> {
  const world = new RolloutWorld()
  await world.declare(webNodes(web))
  await world.addImage()
  const faults = { failedConverges: launchesFrom(nextLaunch(world)) }
  const tried = await tryAction(world, 'autoscale:run', { faults })
  expect(tried.error?.code).toBe('CONVERGE_FAILED')
  return { world, hint: tried.error?.hint ?? '' }
}

test('a first start that fails says what it leaves, and so does the status; the next start goes on with it', async () => {
  const { world, hint } = await failedStart(balanced)
  expect(hint).toMatch(left)
  expect(await headOf(world)).toMatch(/^web: does not run; left of web: /)
  expect(await headOf(world)).toMatch(left)
  expect((await tryAction(world, 'autoscale:run')).error?.message).toBeUndefined()
  const digest = servingDigest(world)
  expectSettled(world, { min: 2, max: 4, desired: 2, loadBalancers: 1, digest }, 'started')
})

test('a deletion removes it', async () => {
  const { world } = await failedStart(balanced)
  expect((await tryAction(world, 'autoscale:delete', { options: { yes: true } })).exit).toBe(0)
  expectGone(world, 'deleted')
  expect(await headOf(world)).toBe('web: does not run; package autoscale:run web starts it')
})

test('nothing is said where nothing is left, nor where something serves', async () => {
  const { world, hint } = await failedStart({})
  expect(hint).not.toMatch(/left of/)
  expect(await headOf(world)).toBe('web: does not run; package autoscale:run web starts it')
  const serving = await webToUpdate(balanced)
  const faults = { failedConverges: launchesFrom(nextLaunch(serving)) }
  const tried = await tryAction(serving, 'autoscale:update', { faults })
  expect(tried.text).not.toMatch(/left of/)
})

test('a deletion of it that was cut off says what is left still', async () => {
  const { world } = await failedStart(balanced)
  const before = world.store.snapshot()
  const { calls } = await world.run('autoscale:delete', { yes: true })
  world.restore(before)
  const call = calls.indexOf('DeleteListener') + 1
  const cut = { call, when: 'before' } as const
  expect((await world.run('autoscale:delete', { yes: true }, { cut })).wasCut).toBe(true)
  expect(await headOf(world)).toMatch(left)
})
