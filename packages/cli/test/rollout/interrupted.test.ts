import { CreateOrUpdateTagsCommand } from '@aws-sdk/client-auto-scaling'
import { expect, test } from 'vitest'

import { RolloutWorld, webNodes } from './rollout-world.ts'
import { expectGone, expectSettled, servingDigest } from './settled.ts'
import { balanced, expectReplaced, fleetOf, tryAction, webToUpdate } from './web-fleet.ts'

const alone = { min: 2, max: 4, desired: 2 }
const sizes = { ...alone, loadBalancers: 1 }

async function beforeRun(): Promise<RolloutWorld> {
  const world = new RolloutWorld()
  await world.declare(webNodes(balanced))
  await world.addImage()
  return world
}

test('Ctrl-C while the load balancer is set up says what exists, and how to go on', async () => {
  const world = await beforeRun()
  let isStopping = false
  const tried = await tryAction(world, 'autoscale:run', {
    isStopping: () => isStopping,
    onCall: (operation) => void (isStopping ||= operation === 'CreateListener'),
  })
  expect(tried.error).toMatchObject({ code: 'CANCELLED', kind: 'cancelled' })
  expect(tried.exit).toBe(130)
  expect(tried.text).toMatch(
    /the work on web was stopped half-way: no version exists, load balancer web-\w+ is provisioning, listener 80 forwards to web-\w+, target group web-\w+ exists/,
  )
  expect(tried.text).toMatch(/the same command goes on where this one stopped/)
  expect((await tryAction(world, 'autoscale:run')).error?.message).toBeUndefined()
  expectSettled(world, { ...sizes, digest: servingDigest(world) }, 'run again')
})

test('Ctrl-C while a listener is moved says of which load balancer, and where it forwards to', async () => {
  const listeners = [{ port: 80, protocol: 'http' as const, target_port: 9090 }]
  const moved = { load_balancer: { ...balanced.load_balancer, listeners }, instance_type: 't3.micro' }
  const world = await webToUpdate(balanced, moved)
  const before = world.store.snapshot()
  const told = async (stopsAt: (operation: string, count: number) => boolean) => {
    world.restore(before)
    let count = 0
    let isStopping = false
    const { error } = await tryAction(world, 'autoscale:update', {
      isStopping: () => isStopping,
      onCall: (operation) => {
        count += operation === 'ModifyListener' ? 1 : 0
        isStopping ||= stopsAt(operation, count)
      },
    })
    expect(error).toMatchObject({ code: 'CANCELLED', kind: 'cancelled' })
    return /load balancer web-\w+ is active, listener 80 forwards to (\S+) and nothing to (\S+), /.exec(
      error?.message ?? '',
    )
  }
  const backAt = async (stopsAt: string) => {
    world.restore(before)
    let isStopping = false
    const onCall = (operation: string) => void (isStopping ||= operation === stopsAt)
    const { text } = await tryAction(world, 'autoscale:update', { isStopping: () => isStopping, onCall })
    return /package autoscale:rollback web goes back to what ran before/.test(text)
  }
  expect(await backAt('CreateTargetGroup')).toBe(true)
  const [, from, to] = (await told((operation) => operation.startsWith('Attach'))) ?? []
  expect([from, to]).toEqual([expect.stringMatching(/^web-/), expect.stringMatching(/^web-/)])
  expect((await told((_, count) => count === 2))?.slice(1)).toEqual([to, from])
  expect((await tryAction(world, 'autoscale:update')).error?.message).toBeUndefined()
  expectSettled(world, { ...sizes, digest: servingDigest(world) }, 'run again')
})

const toUpdate = () => webToUpdate(balanced)

test.each([
  ['autoscale:run', {}, beforeRun],
  ['autoscale:update', {}, toUpdate],
  ['autoscale:delete', { yes: true }, toUpdate],
])(
  'Ctrl-C at any call of %s: either nothing was changed, or it is heeded',
  async (action, options, begin) => {
    const world = await begin()
    const before = world.store.read()
    const { calls } = await world.run(action, options)
    const digest = action === 'autoscale:delete' ? '' : servingDigest(world)
    let heeded = 0
    for (let from = 1; from <= calls.length; from += 4) {
      const label = `${action}, Ctrl-C from call ${String(from)} ${calls[from - 1] ?? ''}`
      world.restore(before)
      let isStopping = false
      const onCall = (_operation: string, number: number) => void (isStopping = number >= from)
      const end = await world.run(action, options, { isStopping: () => isStopping, onCall })
      if (end.wasCut) {
        expect(end.points.at(-1)?.state, label).toBe(end.points[0]?.state)
        continue
      }
      heeded += 1
      if (end.error) expect(end.error.message, label).toMatch(/^the work on web was (not begun|stopped)/)
      const again = await world.run(action, options)
      if (again.error?.code !== 'AUTOSCALE_EXISTS') expect(again.error?.message, label).toBeUndefined()
      if (action === 'autoscale:delete') expectGone(world, label)
      else expectSettled(world, { ...sizes, digest }, label)
    }
    expect(heeded).toBeGreaterThan(calls.length / 8)
  },
)

const takeOver = new CreateOrUpdateTagsCommand({
  Tags: [
    {
      ResourceType: 'auto-scaling-group',
      ResourceId: 'web-v001',
      Key: 'package:owner',
      Value: 'run-other/you@there/1/0',
      PropagateAtLaunch: false,
    },
  ],
})

/** Ctrl-C once the next version exists and is waited for. */
function whileWaiting() {
  let hasFrozen = false
  let looks = 0
  return {
    onCall: (operation: string) => {
      hasFrozen ||= operation === 'SuspendProcesses'
      looks += hasFrozen && operation === 'DescribeAutoScalingGroups' ? 1 : 0
    },
    isStopping: () => looks > 1,
  }
}

test('Ctrl-C in an update thaws what serves, and says both ways on, which both lead there', async () => {
  const world = await webToUpdate()
  const old = servingDigest(world)
  const tried = await tryAction(world, 'autoscale:update', whileWaiting())
  expect(tried.exit).toBe(130)
  expect(tried.error?.message).toMatch(/half-way: web-v000 is live, web-v001 is staging$/)
  expect(tried.text).toMatch(
    /the same command goes on where this one stopped; package autoscale:rollback web goes back to what ran before/,
  )
  expect(frozenOf(world)).toEqual([[], []])
  const stopped = world.store.snapshot()
  expect((await tryAction(world, 'autoscale:rollback')).error?.message).toBeUndefined()
  expectSettled(world, { ...alone, digest: old }, 'rolled back')
  world.restore(stopped)
  expect((await tryAction(world, 'autoscale:update')).error?.message).toBeUndefined()
  expectReplaced(world, old)
})

test('a run that stops may be cut off at any call of that, and leaves alone what another has taken over', async () => {
  const world = await webToUpdate()
  const old = servingDigest(world)
  const before = world.store.snapshot()
  const { calls, points } = await tryAction(world, 'autoscale:update', whileWaiting())
  const thawing = calls.indexOf('ResumeProcesses')
  expect(thawing).toBeGreaterThan(0)
  for (const { label, state } of points.slice(2 * thawing - 6)) {
    world.restore(state)
    expect((await tryAction(world, 'autoscale:update')).error?.message, label).toBeUndefined()
    expectReplaced(world, old, {}, label)
  }
  world.restore(before)
  const waiting = whileWaiting()
  let isTaken = false
  const { error } = await tryAction(world, 'autoscale:update', {
    isStopping: () => isTaken,
    onCall: async (operation) => {
      waiting.onCall(operation)
      // After a look at the owner, so that the run does not notice before it stops.
      if (isTaken || !waiting.isStopping() || operation !== 'DescribeInstanceStatus') return
      await world.scaling.send(takeOver)
      isTaken = true
    },
  })
  expect(error?.kind).toBe('cancelled')
  expect(frozenOf(world)).toEqual([['AZRebalance', 'AlarmNotification'], []])
})

function frozenOf(world: RolloutWorld): string[][] {
  return fleetOf(world).groups.map(({ suspended, tags }) => {
    expect(tags['package:frozen']?.value.split(',') ?? []).toEqual(Object.keys(suspended))
    return Object.keys(suspended)
  })
}
