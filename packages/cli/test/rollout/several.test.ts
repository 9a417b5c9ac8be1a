import { expect, test } from 'vitest'

import { RolloutWorld, webNodes } from './rollout-world.ts'
import { servingDigest } from './settled.ts'
import { expectReplaced, fleetOf, tryAction, tryUpdate, webToUpdate } from './web-fleet.ts'

const noRoom = { code: 'InsufficientInstanceCapacity', message: 'We do not have sufficient capacity.' }

/** `site` needs `store`; `mail` needs nobody. */
function threeGroups(types: { store: string; site: string; mail: string }): object {
  const { web, ...others } = webNodes() as { web: object }
  const group = (instance_type: string, more: object = {}) => ({ ...web, instance_type, ...more })
  return {
    ...others,
    site: group(types.site, { depends_on: ['store'] }),
    store: group(types.store),
    mail: group(types.mail),
  }
}

async function threeRunning(): Promise<RolloutWorld> {
  const world = new RolloutWorld()
  const type = 't3.micro'
  await world.declare(threeGroups({ store: type, site: type, mail: type }))
  for (const group of ['store', 'site', 'mail']) await world.addImage(group)
  const ran = await world.run('autoscale:run', {}, { operands: [] })
  expect(ran.outcome?.exit).toBeUndefined()
  return world
}

function namesOf(world: RolloutWorld): string[] {
  return fleetOf(world)
    .groups.map(({ name }) => name)
    .sort()
}

test('groups are replaced in the order of depends_on, independent ones side by side', async () => {
  const world = await threeRunning()
  await world.declare(threeGroups({ store: 't3.small', site: 't3.small', mail: 't3.small' }))
  const tried = await tryUpdate(world, { operands: [] })
  expect(tried.exit).toBe(0)
  expect(tried.least).toBe(6)
  expect(namesOf(world)).toEqual(['mail-v001', 'site-v001', 'store-v001'])
  const texts = tried.events.map(({ text }) => text)
  const begun = (name: string) => texts.findIndex((text) => text.startsWith(`${name}: create`))
  const done = (name: string) => texts.findIndex((text) => text.startsWith(`${name}: delete`))
  expect(begun('site-v001')).toBeGreaterThan(done('store-v000'))
  expect(begun('mail-v001')).toBeLessThan(done('store-v000'))
})

test('where one fails, what depends on it is not started; the others are done', async () => {
  const world = await threeRunning()
  await world.declare(threeGroups({ store: 't3.large', site: 't3.small', mail: 't3.small' }))
  const refusedLaunches = [{ ...noRoom, instanceType: 't3.large' }]
  const tried = await tryUpdate(world, { operands: [], faults: { refusedLaunches } })
  expect(tried.exit).toBe(6)
  const lines = tried.outcome?.lines.join('\n') ?? ''
  expect(lines).toMatch(/failed +store .*store-v001: \d+ launches failed.*sufficient capacity/)
  expect(lines).toMatch(/another instance_type/)
  expect(lines).toMatch(/not started +site .*waits for store/)
  expect(lines).toMatch(/replaced +mail +mail-v001/)
  expect(tried.outcome?.data).toMatchObject({
    groups: [{ group: 'mail', status: 'replaced' }],
    failed: [{ group: 'store', code: 'INSUFFICIENT_CAPACITY' }],
    not_started: [{ group: 'site', waits_for: 'store' }],
  })
  expect(tried.least).toBe(6)
  expect(namesOf(world)).toEqual(['mail-v001', 'site-v000', 'store-v000'])
  const again = await tryUpdate(world, { operands: [] })
  expect(again.exit).toBe(0)
  expect(namesOf(world)).toEqual(['mail-v001', 'site-v001', 'store-v001'])
})

test('a deletion of several lists what is needed last, as it is done, and names the launch template', async () => {
  const world = await threeRunning()
  const type = 't3.micro'
  const { site, ...others } = threeGroups({ store: type, site: type, mail: type }) as { site: object }
  await world.declare({ ...others, site })
  const listed = async (options: Record<string, boolean>) => {
    const { outcome } = await world.run('autoscale:delete', { all: true, ...options }, { operands: [] })
    return outcome?.lines ?? []
  }
  const planned = await listed({ 'dry-run': true })
  expect(planned.filter((line) => !line.startsWith(' '))).toEqual(['site', 'store', 'mail'])
  expect(planned.filter((line) => line.includes('launch template'))).toEqual([
    '  launch template tests/site: delete',
    '  launch template tests/store: delete',
    '  launch template tests/mail: delete',
  ])
  expect(await listed({ yes: true })).toEqual(planned)
})

test('a living owner is left alone, unless its work is taken over', async () => {
  const world = await webToUpdate()
  const digest = servingDigest(world)
  const others = { operator: 'you@there', cut: { call: 40, when: 'after' } } as const
  expect((await world.run('autoscale:update', {}, others)).wasCut).toBe(true)
  const refused = await tryUpdate(world)
  expect(refused.error).toMatchObject({ code: 'ROLLOUT_OWNED', kind: 'conflict' })
  expect(refused.exit).toBe(4)
  expect(refused.text).toMatch(/you@there is at work on web-v001: run run-\d+, process \d+, seen \d+ s ago/)
  expect(refused.text).toMatch(/--takeover/)
  expect(refused.calls.filter((name) => !/^(Describe|Get)/.test(name))).toEqual([])
  const taken = await tryUpdate(world, { options: { takeover: true } })
  expect(taken.error?.message).toBeUndefined()
  expect(taken.least).toBe(2)
  expectReplaced(world, digest)
})

test('one that is taken over in the middle of its work does no harm, wherever it is', async () => {
  const world = await webToUpdate()
  const digest = servingDigest(world)
  const before = world.store.snapshot()
  const { calls } = await tryUpdate(world)
  let refused = 0
  for (let at = 1; at <= calls.length; at += 4) {
    const label = `taken over at ${String(at)} ${calls[at - 1] ?? ''}`
    world.restore(before)
    const tried = await tryUpdate(world, {
      operator: 'you@there',
      onCall: async (_, number) => {
        if (number !== at) return
        const other = await tryAction(world, 'autoscale:update', { options: { takeover: true } })
        expect(other.error?.message, label).toBeUndefined()
        expect(other.least, label).toBeGreaterThanOrEqual(2)
      },
    })
    if (tried.error) expect(tried.error.kind, label).toBe('conflict')
    refused += tried.error ? 1 : 0
    expect(tried.least, label).toBeGreaterThanOrEqual(2)
    const again = await tryUpdate(world)
    expect(again.error?.message, label).toBeUndefined()
    expectReplaced(world, digest, {}, label)
  }
  expect(refused).toBeGreaterThan(0)
})
