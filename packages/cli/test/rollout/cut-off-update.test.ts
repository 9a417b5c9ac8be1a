import type { LoadBalancer } from '@package/core/groups/node-group'
import { expect, test } from 'vitest'

import { differing } from './comparable-account.ts'
import { region, webNodes, type Point, type RolloutWorld } from './rollout-world.ts'
import { expectSettled, servingDigest } from './settled.ts'
import { balanced, fleetOf, tryAction, tryUpdate, webToUpdate } from './web-fleet.ts'

function onPort(target_port: number): { load_balancer: LoadBalancer } {
  const listeners = [{ port: 80, protocol: 'http' as const, target_port }]
  return { load_balancer: { ...balanced.load_balancer, listeners } }
}

const settled = { min: 2, max: 4, desired: 2, loadBalancers: 1 }

/** An account in which two versions were in charge, both on 8080; the next one of nodes.json is to speak on 9090. Gives what runs, and each state that its update leaves. */
async function webWhosePortChanges(): Promise<{ world: RolloutWorld; digest: string; states: Point[] }> {
  const world = await webToUpdate(
    { ...onPort(8080), instance_type: 't3.nano' },
    { instance_type: 't3.micro' },
  )
  expect((await tryUpdate(world)).error?.message).toBeUndefined()
  const digest = servingDigest(world)
  await world.declare(webNodes({ ...onPort(9090), instance_type: 't3.small' }))
  const { points, error } = await tryUpdate(world)
  expect(error?.message).toBeUndefined()
  return { world, digest, states: differing(points) }
}

function ports(world: RolloutWorld): number[] {
  return fleetOf(world).forwardedTo.map(({ port }) => port)
}

/** Whether the update that left this is done with all but what nothing uses any more. */
function isDone(world: RolloutWorld): boolean {
  const { groups } = fleetOf(world)
  return groups.length === 1 && groups.every(({ tags }) => tags['package:owner'] === undefined)
}

/** Whether its update has begun, by what it says itself. */
function isMarked(world: RolloutWorld): boolean {
  return fleetOf(world).groups.some(({ tags }) => tags['package:update'] !== undefined)
}

/** One of those between which only autoscale groups have changed. */
function ofEachBalancing(points: readonly Point[]): Point[] {
  const balancing = ({ state }: Point) => JSON.stringify(state.regions[region]?.elbv2)
  return [...new Map(points.map((point) => [balancing(point), point])).values()]
}

test.each([
  ['is on disk', 9090, (points: readonly Point[]) => points],
  ['was put back', 8080, ofEachBalancing],
] as const)(
  'an update that moves listeners, cut off anywhere, is taken back where its file %s',
  { timeout: 300_000 },
  async (_, port, chosen) => {
    const { world, digest, states } = await webWhosePortChanges()
    const [untouched, ...changed] = states
    world.restore(untouched?.state ?? world.store.snapshot())
    expect(isDone(world)).toBe(true)
    await world.declare(webNodes({ ...onPort(port), instance_type: 't3.small' }))
    for (const { label, state } of chosen(changed)) {
      world.restore(state)
      // Where the listener names one target group only, nobody knows any more where it led before.
      const isAtItsEnd = servingDigest(world) !== digest && !fleetOf(world).isMovingListeners
      const back = await tryAction(world, 'autoscale:rollback')
      expect(back.error?.message, label).toBeUndefined()
      expect(back.least, label).toBeGreaterThanOrEqual(2)
      expectSettled(world, { ...settled, digest }, label)
      expect(ports(world), label).toEqual([isAtItsEnd ? port : 8080])
    }
    process.stdout.write(`cut off with another port: ${String(chosen(changed).length)} states\n`)
  },
)

test('what takes it back may be cut off anywhere too', { timeout: 300_000 }, async () => {
  const { world, digest, states } = await webWhosePortChanges()
  const moved = states.find(({ state }) => {
    world.restore(state)
    return ports(world).includes(9090)
  })
  for (const first of [states[1], moved]) {
    if (first === undefined) throw new Error('the update changes nothing')
    world.restore(first.state)
    const whole = await tryAction(world, 'autoscale:rollback')
    for (const { label, state } of differing(whole.points).filter((_point, index) => index % 2 === 0)) {
      world.restore(state)
      if (isDone(world) && !isMarked(world)) continue
      const both = `${first.label}, then ${label}`
      const again = await tryAction(world, 'autoscale:rollback')
      expect(again.error?.message, both).toBeUndefined()
      expect(again.least, both).toBeGreaterThanOrEqual(2)
      expectSettled(world, { ...settled, digest }, both)
      expect(ports(world), both).toEqual([8080])
    }
  }
})

test('an update that makes a security group first, too', { timeout: 60_000 }, async () => {
  const world = await webToUpdate({ instance_type: 't3.nano' }, { instance_type: 't3.micro' })
  expect((await tryUpdate(world)).error?.message).toBeUndefined()
  const digest = servingDigest(world)
  const ingress = [{ protocol: 'tcp', ports: '80', from: ['10.0.0.0/8'] }]
  await world.declare({
    ...webNodes({ instance_type: 't3.micro', security_groups: ['web'] }),
    __security_groups__: { web: { ingress } },
  })
  const { points } = await tryUpdate(world)
  expect(servingDigest(world)).not.toBe(digest)
  const template = points.findIndex(({ label }) => label.endsWith(' CreateLaunchTemplateVersion'))
  const changed = points.slice(0, template).filter(({ state }) => state !== points[0]?.state)
  expect(changed.length).toBeGreaterThan(2)
  for (const { label, state } of changed) {
    world.restore(state)
    expect((await tryAction(world, 'autoscale:rollback')).error?.message, label).toBeUndefined()
    expectSettled(world, { min: 2, max: 4, desired: 2, digest }, label)
  }
})

test('the status says that it was cut off, from its first change on', { timeout: 60_000 }, async () => {
  const { world, digest, states } = await webWhosePortChanges()
  for (const { label, state } of states.slice(1)) {
    world.restore(state)
    if (isDone(world) && servingDigest(world) !== digest) continue
    const { outcome } = await tryAction(world, 'autoscale:status')
    expect(outcome?.lines[0], label).toBe('web: a run was cut off; the next one goes on with it')
  }
})
