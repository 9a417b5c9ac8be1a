import { expect, test } from 'vitest'

import { servingDigest } from './settled.ts'
import {
  balanced,
  expectReplaced,
  fleetOf,
  launchesFrom,
  nextLaunch,
  standing,
  tryUpdate,
  webToUpdate,
} from './web-fleet.ts'

const balancers = [
  ['with a load balancer', balanced, 1],
  ['without a load balancer', {}, 0],
] as const

test.each(balancers)('%s, a version that gets healthy replaces the other', async (_, web, loadBalancers) => {
  const world = await webToUpdate(web)
  const digest = servingDigest(world)
  const tried = await tryUpdate(world)
  expect(tried.text).toBe('\n')
  expect(tried.least).toBe(2)
  expectReplaced(world, digest, { loadBalancers })
})

test.each(balancers)('%s, a version that never gets healthy is removed', async (_, web) => {
  const world = await webToUpdate(web)
  const before = standing(world)
  const tried = await tryUpdate(world, { faults: { impairedLaunches: launchesFrom(nextLaunch(world)) } })
  expect(tried.error).toMatchObject({ code: 'NOT_HEALTHY', kind: 'timeout' })
  expect(tried.exit).toBe(5)
  expect(tried.text).toMatch(/web-v001: 0 of 2 healthy after 900 s; i-\w+, i-\w+: status checks/)
  expect(tried.text).toMatch(/--keep-failed/)
  expect(tried.text).toMatch(/web-v001 was removed; web-v000 serves as before/)
  expect(tried.least).toBe(2)
  expect(standing(world)).toEqual(before)
})

test('targets that never pass their checks are told of as such', async () => {
  const world = await webToUpdate(balanced)
  const before = standing(world)
  const first = nextLaunch(world)
  const tried = await tryUpdate(world, { faults: { unhealthyTargetLaunches: launchesFrom(first) } })
  expect(tried.exit).toBe(5)
  expect(tried.text).toMatch(/i-\w+: load balancer: .*Request timed out/)
  expect(tried.least).toBe(2)
  expect(standing(world)).toEqual(before)
})

test.each(balancers)(
  '%s, one that turns sick while others learn of it is not put in charge',
  async (_, web) => {
    const world = await webToUpdate(web)
    const before = standing(world)
    const launches = launchesFrom(nextLaunch(world))
    const sickLaunches = launches.map((launch) => ({ launch, after: 100 }))
    const tried = await tryUpdate(world, { faults: { sickLaunches } })
    expect(tried.events.map(({ text }) => text).join('\n')).toMatch(/s left to learn of it/)
    expect(tried.error?.code).toBe('NOT_HEALTHY')
    expect(tried.exit).toBe(5)
    expect(tried.text).toMatch(/of 2 healthy after 900 s; i-\w+/)
    expect(tried.least).toBe(2)
    expect(standing(world)).toEqual(before)
  },
)

test.each(balancers)('%s, a failed first Chef run ends the update early', async (_, web) => {
  const world = await webToUpdate(web)
  const before = standing(world)
  const began = fleetOf(world).now
  const tried = await tryUpdate(world, { faults: { failedConverges: launchesFrom(nextLaunch(world)) } })
  expect(tried.error).toMatchObject({ code: 'CONVERGE_FAILED', kind: 'system' })
  expect(tried.exit).toBe(1)
  expect(tried.text).toMatch(/web-v001: \d launches failed.*\bi-\w+/)
  expect(tried.text).toMatch(/first Chef run/)
  expect(tried.text).toMatch(/\/var\/log\/package\/converge\.log/)
  expect(tried.text).toMatch(/--keep-failed/)
  expect(fleetOf(world).now - began).toBeLessThan(450_000)
  expect(tried.least).toBe(2)
  expect(standing(world)).toEqual(before)
})

test('one failed first Chef run of several is made up for', async () => {
  const world = await webToUpdate()
  const digest = servingDigest(world)
  const tried = await tryUpdate(world, { faults: { failedConverges: [nextLaunch(world)] } })
  expect(tried.error?.message).toBeUndefined()
  expect(tried.least).toBe(2)
  expectReplaced(world, digest)
})

test('a first Chef run that hangs is waited for no longer than nodes.json says', async () => {
  const world = await webToUpdate()
  const before = standing(world)
  const began = fleetOf(world).now
  const tried = await tryUpdate(world, { faults: { hangingConverges: launchesFrom(nextLaunch(world)) } })
  expect(tried.exit).toBe(5)
  expect(tried.text).toMatch(/i-\w+, i-\w+: its first Chef run/)
  expect(tried.text).toMatch(/health_timeout of web/)
  expect(fleetOf(world).now - began).toBeLessThan(1_200_000)
  expect(tried.least).toBe(2)
  expect(standing(world)).toEqual(before)
})

test('with --keep-failed it stays to be looked at, and goes with the next update', async () => {
  const world = await webToUpdate()
  const digest = servingDigest(world)
  const faults = { impairedLaunches: launchesFrom(nextLaunch(world)) }
  const tried = await tryUpdate(world, { faults, options: { 'keep-failed': true } })
  expect(tried.exit).toBe(5)
  expect(tried.text).toMatch(/web-v001 is kept.*next update removes it; web-v000 serves as before/)
  expect(fleetOf(world).groups.map(({ name }) => name)).toEqual(['web-v000', 'web-v001'])
  const kept = Object.keys(fleetOf(world).groups[1]?.instances ?? {})
  expect(kept).toHaveLength(2)
  expect(tried.error?.hint).not.toMatch(/--keep-failed/)
  expect(tried.error?.hint).toMatch(/raise autoscale.health_timeout of web; web-v001 is kept: /)
  expect(tried.error?.hint).toContain(`package instance:ssh web --id ${kept[0] ?? ''}`)
  expect(tried.error?.hint).toMatch(
    /package autoscale:rollback web removes it; the same command removes it and tries again/,
  )
  const again = await tryUpdate(world)
  expect(again.error?.message).toBeUndefined()
  expect(again.least).toBe(2)
  expectReplaced(world, digest)
})
