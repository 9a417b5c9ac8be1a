import type { LoadBalancer } from '@package/core/groups/node-group'
import { expect, test } from 'vitest'

import { crashEverywhere } from './crash-everywhere.ts'
import { webNodes } from './rollout-world.ts'
import { expectSettled, servingDigest } from './settled.ts'
import {
  balanced,
  expectReplaced,
  fleetOf,
  launchesFrom,
  nextLaunch,
  onlyGroup,
  standing,
  tryAction,
  tryUpdate,
  webToUpdate,
  type Tried,
} from './web-fleet.ts'

function onPort(target_port: number, more: Partial<LoadBalancer> = {}): { load_balancer: LoadBalancer } {
  const listeners = [{ port: 80, protocol: 'http' as const, target_port }]
  return { load_balancer: { ...balanced.load_balancer, listeners, ...more } }
}

const inPlace = { ...onPort(9090), instance_type: 't3.micro' }
const sizes = { min: 2, max: 4, desired: 2, loadBalancers: 1 }

test('another target port in place: requests go there once all are healthy there', async () => {
  const world = await webToUpdate(balanced, inPlace)
  const { name, instances } = onlyGroup(world)
  const tried = await tryUpdate(world)
  expect(tried.error?.message).toBeUndefined()
  expect(tried.least).toBe(2)
  expect(tried.outcome?.data).toMatchObject({ groups: [{ status: 'updated' }] })
  expect(JSON.stringify(tried.outcome?.data)).toMatch(
    /change listener 80 to HTTP, which forwards to .*delete target group/,
  )
  expect(onlyGroup(world).name).toBe(name)
  expect(Object.keys(onlyGroup(world).instances)).toEqual(Object.keys(instances))
  expect(fleetOf(world).forwardedTo.map(({ port }) => port)).toEqual([9090])
  expectSettled(world, { ...sizes, digest: servingDigest(world) }, 'moved')
  const again = await tryUpdate(world)
  expect(again.outcome?.data).toMatchObject({ groups: [{ status: 'unchanged' }] })
})

test('another target port and other instances: each version is judged where it serves', async () => {
  const world = await webToUpdate(balanced, onPort(9090))
  const digest = servingDigest(world)
  const tried = await tryUpdate(world)
  expect(tried.error?.message).toBeUndefined()
  expect(tried.least).toBe(2)
  expect(fleetOf(world).forwardedTo.map(({ port }) => port)).toEqual([9090])
  expectReplaced(world, digest, { loadBalancers: 1 })
})

test.each([
  ['in place', inPlace],
  ['with other instances', onPort(9090)],
])(
  'what is removed at last, %s, has its mark too: nobody else begins, and a run that is cut off is known',
  async (_what, next) => {
    const world = await webToUpdate(balanced, next)
    const rivals: Tried[] = []
    const { calls, points, error } = await tryUpdate(world, {
      onCall: async (operation) => {
        if (operation === 'DeleteTargetGroup') rivals.push(await tryUpdate(world, { operator: 'two@there' }))
      },
    })
    expect(error?.message).toBeUndefined()
    expect(rivals.map((rival) => [rival.error?.code, rival.exit])).toEqual([['ROLLOUT_OWNED', 4]])
    const digest = servingDigest(world)
    const removal = 2 * calls.indexOf('DeleteTargetGroup')
    for (const { label, state } of points.slice(removal, removal + 2)) {
      world.restore(state)
      expect((await tryAction(world, 'autoscale:status')).outcome?.lines[0], label).toMatch(
        /a run was cut off/,
      )
      expect((await tryUpdate(world)).error?.message, label).toBeUndefined()
      expectSettled(world, { ...sizes, digest }, label)
    }
  },
)

test('of a network load balancer too', async () => {
  const tcp = (target_port: number) =>
    onPort(target_port, { listeners: [{ port: 80, protocol: 'tcp', target_port }] })
  const world = await webToUpdate(tcp(8080), tcp(9090))
  const digest = servingDigest(world)
  const tried = await tryUpdate(world)
  expect(tried.error?.message).toBeUndefined()
  expect(tried.least).toBe(2)
  expectReplaced(world, digest, { loadBalancers: 1 })
})

test('where it is not healthy there, requests stay where they are, and nothing is ended or left suspended', async () => {
  const slow = { interval: 300, timeout: 5, healthy: 10, unhealthy: 2 }
  const world = await webToUpdate(balanced, { ...inPlace, ...onPort(9090, { health_check: slow }) })
  const { targetGroups: _, ...before } = standing(world) as { targetGroups: number }
  const tried = await tryUpdate(world)
  expect(tried.error?.code).toBe('NOT_HEALTHY')
  // What is in charge stays whatever is asked for.
  expect(tried.error?.hint).toBe('where they only need longer, raise autoscale.health_timeout of web')
  expect(tried.exit).toBe(5)
  expect(tried.least).toBe(2)
  expect(standing(world)).toMatchObject(before)
  expect(fleetOf(world).forwardedTo.map(({ port }) => port)).toEqual([8080])
})

test('a failed update, and the file put back: what it has made for it goes, and is not attached first', async () => {
  const world = await webToUpdate(balanced, onPort(9090))
  const before = standing(world)
  const faults = { unhealthyTargetLaunches: launchesFrom(nextLaunch(world)) }
  const tried = await tryUpdate(world, { faults })
  expect(tried.error?.code).toBe('NOT_HEALTHY')
  expect(tried.text).toMatch(/web-v001 was removed; web-v000 serves as before/)
  expect(tried.least).toBe(2)
  expect(fleetOf(world).forwardedTo.map(({ port }) => port)).toEqual([8080])
  await world.declare(webNodes(balanced))
  const planned = await tryUpdate(world, { options: { 'dry-run': true } })
  const lines = planned.outcome?.lines.join('\n') ?? ''
  expect(lines).toMatch(/delete target group/)
  expect(lines).not.toMatch(/attach/)
  const back = await tryUpdate(world)
  expect(back.error?.message).toBeUndefined()
  expect(back.least).toBe(2)
  expect(standing(world)).toEqual(before)
})

test.each([
  ['in place', inPlace],
  ['with other instances', onPort(9090)],
])('a move %s that is cut off anywhere is finished by the next', { timeout: 300_000 }, async (how, next) => {
  const world = await webToUpdate(balanced, next)
  const before = world.store.snapshot()
  expect((await world.run('autoscale:update')).error?.message).toBeUndefined()
  const digest = servingDigest(world)
  world.restore(before)
  const settled = (label: string) => {
    expectSettled(world, { ...sizes, digest }, label)
    expect(
      fleetOf(world).forwardedTo.map(({ port }) => port),
      label,
    ).toEqual([9090])
  }
  const { points } = await crashEverywhere({ world, action: 'autoscale:update', settled, atLeast: 2 })
  process.stdout.write(`move ${how}: ${String(points)} points\n`)
})
