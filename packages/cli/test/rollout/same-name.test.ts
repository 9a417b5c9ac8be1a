import { expect, test } from 'vitest'

import type { RolloutWorld } from './rollout-world.ts'
import { expectSettled, servingDigest } from './settled.ts'
import {
  balanced,
  fleetOf,
  launchesFrom,
  nextLaunch,
  tryAction,
  webToUpdate,
  type Tried,
} from './web-fleet.ts'

const sizes = { min: 2, max: 4, desired: 2 }

/** Runs an action, and lets another one run to its end before the first call for which that is time: as on a laptop that sleeps for a while. */
async function asleep(
  world: RolloutWorld,
  [action, options]: readonly [string, Record<string, boolean>],
  isTime: (operation: string) => boolean,
  [other, otherOptions]: readonly [string, Record<string, boolean>],
): Promise<{ first: Tried; second: Tried | undefined }> {
  let second: Tried | undefined
  const first = await tryAction(world, action, {
    operator: 'one@here',
    options,
    onCall: async (operation) => {
      if (second || !isTime(operation)) return
      second = await tryAction(world, other, { operator: 'two@there', options: otherOptions })
    },
  })
  return { first, second }
}

/** A group, the calls that its deletion makes, and the first of them after its claim, counted from 1. */
async function beforeDeletion() {
  const world = await webToUpdate(balanced)
  const before = world.store.snapshot()
  const { calls } = await tryAction(world, 'autoscale:delete', { options: { yes: true } })
  return { world, before, calls, claimed: calls.indexOf('CreateOrUpdateTags') + 2 }
}

/** A deletion that sleeps before that call, and a start of the group meanwhile. */
function startedMeanwhile(world: RolloutWorld, call: number, options: Record<string, boolean>) {
  let number = 0
  const isTime = () => (number += 1) === call
  return asleep(world, ['autoscale:delete', { yes: true }], isTime, ['autoscale:run', options])
}

test('a deletion that waits for its version to be gone leaves alone what has got that name since', async () => {
  const world = await webToUpdate(balanced)
  const isTime = () => fleetOf(world).groups.length === 0
  const { first, second } = await asleep(world, ['autoscale:delete', { yes: true }], isTime, [
    'autoscale:run',
    {},
  ])
  expect(second?.error?.message).toBeUndefined()
  expect(first.error?.message).toBeUndefined()
  expectSettled(world, { ...sizes, loadBalancers: 1, digest: servingDigest(world) }, 'started meanwhile')
})

test('an update that waits for a failed version to be gone leaves alone what has got that name since', async () => {
  const world = await webToUpdate()
  const faults = { failedConverges: launchesFrom(nextLaunch(world)) }
  const options = { 'keep-failed': true }
  expect((await tryAction(world, 'autoscale:update', { faults, options })).error?.code).toBe(
    'CONVERGE_FAILED',
  )
  let hasFailed = false
  const isTime = () => {
    const isThere = fleetOf(world).groups.some(({ name }) => name === 'web-v001')
    hasFailed ||= isThere
    return hasFailed && !isThere
  }
  const takingOver = ['autoscale:update', { takeover: true }] as const
  const { first, second } = await asleep(world, ['autoscale:update', {}], isTime, takingOver)
  expect(second?.error?.message).toBeUndefined()
  expect(first.error).toMatchObject({ kind: 'conflict', code: 'ROLLOUT_OWNED' })
  expectSettled(world, { ...sizes, digest: servingDigest(world) }, 'replaced meanwhile')
})

test(
  'a deletion that was taken over anywhere removes nothing of what has been started since',
  { timeout: 120_000 },
  async () => {
    const { world, before, calls, claimed } = await beforeDeletion()
    const told = new Map<string, number>()
    for (let at = claimed; at <= calls.length; at += 1) {
      // No call of AWS changes something only where it still is as it was a call before.
      if (!calls[at - 1]?.startsWith('Describe')) continue
      // Of looks in a row one is enough.
      if (at % 2 === 0 && calls[at]?.startsWith('Describe')) continue
      const label = `${String(at)} ${calls[at - 1] ?? ''}`
      world.restore(before)
      const { first, second } = await startedMeanwhile(world, at, { takeover: true })
      expect(second?.error?.message, label).toBeUndefined()
      const code = first.error?.code ?? 'done'
      told.set(code, (told.get(code) ?? 0) + 1)
      if (first.error) expect(first.error.kind, label).toBe('conflict')
      expectSettled(world, { ...sizes, loadBalancers: 1, digest: servingDigest(world) }, label)
    }
    expect(told.get('ROLLOUT_OWNED') ?? 0).toBeGreaterThan(0)
    process.stdout.write(`deletions taken over: ${[...told].map((each) => each.join(' ')).join(', ')}\n`)
  },
)

test(
  'a deletion has its mark until nothing is left: a start is refused before that',
  { timeout: 120_000 },
  async () => {
    const { world, before, calls, claimed } = await beforeDeletion()
    const removed = calls.lastIndexOf('DeleteAutoScalingGroup')
    expect(removed).toBeGreaterThan(calls.indexOf('DeleteLoadBalancer'))
    expect(removed).toBeGreaterThan(calls.indexOf('DeleteLaunchTemplate'))
    for (let at = claimed; at <= removed; at += 3) {
      const label = `${String(at)} ${calls[at - 1] ?? ''}`
      world.restore(before)
      const { first, second } = await startedMeanwhile(world, at, {})
      expect([second?.error?.code, second?.exit], label).toEqual(['ROLLOUT_OWNED', 4])
      expect(second?.error?.message, label).toContain('one@here')
      expect(first.error?.message, label).toBeUndefined()
      expect(fleetOf(world).groups, label).toEqual([])
    }
  },
)
