import { expect, test } from 'vitest'

import { differing } from './comparable-account.ts'
import { alone, rehearsals, whole, type Rehearsed } from './crash-rehearsals.ts'
import type { Point, RolloutWorld } from './rollout-world.ts'
import { expectGone, expectSettled, servingDigest } from './settled.ts'
import {
  fleetOf,
  launchesFrom,
  nextLaunch,
  onlyGroup,
  standing,
  tryAction,
  webToUpdate,
} from './web-fleet.ts'

const yes = { options: { yes: true } }

/** What a deletion leaves that is cut off after its first change, as long as there is a version. */
async function halfDeleted(rehearsed: Rehearsed): Promise<{ world: RolloutWorld; states: Point[] }> {
  const { world } = await rehearsals.delete(rehearsed)
  const { points } = await tryAction(world, 'autoscale:delete', yes)
  const [, ...states] = differing(points)
  const left = states.filter(({ state }) => {
    world.restore(state)
    return fleetOf(world).groups.length > 0
  })
  expect(left.length).toBeGreaterThan(3)
  return { world, states: left }
}

test('status says so from the first change on; update and rollback change nothing', async () => {
  const { world, states } = await halfDeleted(whole)
  for (const { label, state } of states) {
    world.restore(state)
    const before = standing(world)
    const { outcome } = await tryAction(world, 'autoscale:status')
    expect(outcome?.lines[0], label).toBe(
      'web: half deleted; package autoscale:delete web finishes that; package autoscale:run web starts it again, and ends what is left once that is healthy',
    )
    for (const action of ['autoscale:update', 'autoscale:rollback']) {
      const { error, exit, text } = await tryAction(world, action)
      expect([error?.code, exit], label).toEqual(['HALF_DELETED', 4])
      expect(text, label).toMatch(
        /^web is half deleted: what is left of it is web-v000\npackage autoscale:delete/,
      )
    }
    const every = await tryAction(world, 'autoscale:update', { operands: [] })
    expect(every.outcome?.lines[0], label).toMatch(
      /^skipped +web +it is half deleted: package autoscale:delete/,
    )
    expect(standing(world), label).toEqual(before)
  }
})

test.each([
  ['alone', alone],
  ['with all that it can have', whole],
])(
  'run starts it again, %s: what is left goes once that is healthy',
  { timeout: 60_000 },
  async (_what, rehearsed) => {
    const { world, states } = await halfDeleted(rehearsed)
    for (const { label, state } of states) {
      world.restore(state)
      // Those of a version that is emptied end by themselves.
      const isEmptied = fleetOf(world).groups.some(({ maxSize }) => maxSize === 0)
      const served = isEmptied ? 0 : fleetOf(world).serving
      const started = await tryAction(world, 'autoscale:run')
      expect(started.error?.message, label).toBeUndefined()
      expect(started.least, label).toBeGreaterThanOrEqual(served)
      expectSettled(world, { ...rehearsed.settled, digest: servingDigest(world) }, label)
    }
  },
)

test(
  'a start beside what is left that is cut off is gone on with by an update',
  { timeout: 60_000 },
  async () => {
    const { world, states } = await halfDeleted(alone)
    world.restore(states[0]?.state ?? world.store.snapshot())
    const { points } = await tryAction(world, 'autoscale:run')
    let tried = 0
    for (const { label, state } of differing(points)) {
      world.restore(state)
      const isStarted = fleetOf(world).groups.some(({ tags }) => tags['package:phase']?.value === 'live')
      if (!isStarted) continue
      tried += 1
      expect((await tryAction(world, 'autoscale:update')).error?.message, label).toBeUndefined()
      expectSettled(world, { ...alone.settled, digest: servingDigest(world) }, label)
    }
    expect(tried).toBeGreaterThan(3)
  },
)

test('a start beside what is left that fails leaves that as it was', async () => {
  const { world, states } = await halfDeleted(alone)
  const [first] = states
  world.restore(first?.state ?? world.store.snapshot())
  const before = standing(world)
  const faults = { failedConverges: launchesFrom(nextLaunch(world)) }
  const failed = await tryAction(world, 'autoscale:run', { faults })
  expect([failed.error?.code, failed.least]).toEqual(['CONVERGE_FAILED', 2])
  expect(onlyGroup(world).tags).toMatchObject({ 'package:phase': { value: 'deleting' } })
  expect(onlyGroup(world).tags).not.toHaveProperty(['package:owner'])
  expect({ ...standing(world), groups: [] }).toEqual({ ...before, groups: [] })
  expect((await tryAction(world, 'autoscale:delete', yes)).error?.message).toBeUndefined()
  expectGone(world, 'deleted')
})

test('Ctrl-C in a deletion says both ways on', async () => {
  const world = await webToUpdate()
  let hasEmptied = false
  const stopped = await tryAction(world, 'autoscale:delete', {
    ...yes,
    isStopping: () => hasEmptied,
    onCall: (operation) => void (hasEmptied ||= operation === 'UpdateAutoScalingGroup'),
  })
  expect(stopped.error?.message).toMatch(/half-way: web-v000 is being taken down$/)
  expect(stopped.error?.hint).toMatch(
    /^the same command goes on where this one stopped; package autoscale:run web starts it again/,
  )
})
