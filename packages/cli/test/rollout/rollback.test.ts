import { SetInstanceProtectionCommand } from '@aws-sdk/client-auto-scaling'
import { expect, test } from 'vitest'

import { differing } from './comparable-account.ts'
import type { Point, RolloutWorld } from './rollout-world.ts'
import { webNodes } from './rollout-world.ts'
import { expectSettled, servingDigest } from './settled.ts'
import { fleetOf, onlyGroup, tryAction, tryUpdate, webToUpdate, type Tried } from './web-fleet.ts'

const settled = { min: 2, max: 4, desired: 2 }

function rollback(world: RolloutWorld): Promise<Tried> {
  return tryAction(world, 'autoscale:rollback')
}

/** An account in which these instance types were in charge, one after the other. Gives their digests. */
async function webThatRan(...types: string[]) {
  const [first = '', ...later] = types
  const world = await webToUpdate({ instance_type: first })
  const digests = [servingDigest(world)]
  for (const instance_type of later) {
    await world.declare(webNodes({ instance_type }))
    expect((await tryUpdate(world)).error?.message).toBeUndefined()
    digests.push(servingDigest(world))
  }
  return { world, digests }
}

function phases(world: RolloutWorld) {
  return fleetOf(world).groups.map(({ name, tags }) => [name, tags['package:phase']?.value])
}

/** Whether the run that left this state has nothing more to do. */
function isDone(world: RolloutWorld): boolean {
  const { groups } = fleetOf(world)
  return groups.length === 1 && groups.every(({ tags }) => tags['package:owner'] === undefined)
}

/** The states in which the next version is in charge, and the run not at its end. */
function pastPromotion(world: RolloutWorld, tried: Tried, name: string): Point[] {
  return differing(tried.points).filter(({ state }) => {
    world.restore(state)
    const next = fleetOf(world).groups.find((group) => group.name === name)
    return next?.tags['package:phase']?.value === 'live' && !isDone(world)
  })
}

/** The states in which the next version is made, and not in charge yet. */
function beforePromotion(world: RolloutWorld, tried: Tried, name: string): Point[] {
  return differing(tried.points).filter(({ state }) => {
    world.restore(state)
    const next = fleetOf(world).groups.find((group) => group.name === name)
    return next?.tags['package:phase']?.value === 'staging'
  })
}

test('goes past what an update by force has replaced by the same', async () => {
  const { world, digests } = await webThatRan('t3.micro', 't3.small')
  for (const _ of ['once', 'twice']) {
    expect((await tryUpdate(world, { options: { force: true } })).outcome?.lines[0]).toMatch(/^replaced/)
    expect(servingDigest(world)).toBe(digests[1])
  }
  const back = await rollback(world)
  expect(back.error?.message).toBeUndefined()
  expect(back.outcome?.lines[0]).toMatch(/^replaced/)
  expect(back.least).toBe(2)
  expectSettled(world, { ...settled, digest: digests[0] ?? '' }, 'rolled back')
})

test('without anything else to return to is refused, whatever has run before', async () => {
  const { world, digests } = await webThatRan('t3.micro', 't3.small')
  expect((await rollback(world)).error?.message).toBeUndefined()
  expect((await tryUpdate(world, { options: { force: true } })).error?.message).toBeUndefined()
  await world.declare(webNodes({ instance_type: 't3.micro' }))
  while (servingDigest(world) !== digests[0]) expect((await rollback(world)).error?.message).toBeUndefined()
  expect((await tryUpdate(world, { options: { force: true } })).error?.message).toBeUndefined()
  const refused = await rollback(world)
  expect(refused.error).toMatchObject({ code: 'NO_PREVIOUS_VERSION', kind: 'conflict' })
  expect(refused.text).not.toMatch(/one version only/)
  expect(refused.text).toMatch(/differs from what runs now/)
})

test('takes back an update that was cut off after its version was in charge', async () => {
  const { world, digests } = await webThatRan('t3.micro')
  await world.declare(webNodes({ instance_type: 't3.small' }))
  const states = pastPromotion(world, await tryUpdate(world), 'web-v001')
  expect(states.length).toBeGreaterThan(5)
  for (const { label, state } of states) {
    const back = await expectTakenBack(world, { label, state }, digests[0] ?? '')
    expect(back.outcome?.lines[0], label).toMatch(/^replaced/)
  }
})

test(
  'takes back an update that was cut off before its version was in charge',
  { timeout: 60_000 },
  async () => {
    const { world, digests } = await webThatRan('t3.nano', 't3.micro')
    await world.declare(webNodes({ instance_type: 't3.small' }))
    const states = beforePromotion(world, await tryUpdate(world), 'web-v002')
    expect(states.length).toBeGreaterThan(5)
    for (const point of states) await expectTakenBack(world, point, digests[1] ?? '')
    world.restore(states.at(-1)?.state ?? world.store.snapshot())
    await expectToGoOn(world, digests[1] ?? '')
  },
)

test('that takes such an update back may be cut off anywhere too', { timeout: 60_000 }, async () => {
  const { world, digests } = await webThatRan('t3.nano', 't3.micro')
  await world.declare(webNodes({ instance_type: 't3.small' }))
  const [cut] = pastPromotion(world, await tryUpdate(world), 'web-v002')
  world.restore(cut?.state ?? world.store.snapshot())
  await expectToGoOn(world, digests[1] ?? '')
})

test('that was cut off anywhere goes no further back than it was to', { timeout: 60_000 }, async () => {
  const { world, digests } = await webThatRan('t3.nano', 't3.micro', 't3.small')
  await expectToGoOn(world, digests[1] ?? '')
})

/** From there a rollback leads to that version, and always enough serve. */
async function expectTakenBack(world: RolloutWorld, { label, state }: Point, digest: string): Promise<Tried> {
  world.restore(state)
  const back = await rollback(world)
  expect(back.error?.message, label).toBeUndefined()
  expect(back.least, label).toBeGreaterThanOrEqual(2)
  expectSettled(world, { ...settled, digest }, label)
  return back
}

/** From each state that a rollback leaves, the next one ends where that was to. */
async function expectToGoOn(world: RolloutWorld, digest: string): Promise<void> {
  const whole = await rollback(world)
  expect(whole.error?.message).toBeUndefined()
  expectSettled(world, { ...settled, digest }, 'the whole of it')
  for (const { label, state } of differing(whole.points)) {
    world.restore(state)
    if (isDone(world) && servingDigest(world) === digest) continue
    await expectTakenBack(world, { label, state }, digest)
    expect(onlyGroup(world).tags, label).not.toHaveProperty(['package:rollback'])
  }
}

test("gives its autoscale group the tags that one of an update has, of today's files", async () => {
  const world = await webToUpdate({ tags: { Team: 'bees' } }, { instance_type: 't3.small' })
  expect((await tryUpdate(world)).error?.message).toBeUndefined()
  const ownTags = () => {
    const { tags } = onlyGroup(world)
    return [tags['Name']?.value, tags['Team']?.value, tags['group']?.value]
  }
  expect(ownTags()).toEqual(['web', 'bees', 'web'])
  expect((await rollback(world)).error?.message).toBeUndefined()
  expect(ownTags()).toEqual(['web', 'bees', 'web'])
})

test('does not wait for an old version that somebody keeps by hand', async () => {
  const { world, digests } = await webThatRan('t3.nano', 't3.micro')
  const old = onlyGroup(world)
  const [id = ''] = Object.keys(old.instances)
  const one = { AutoScalingGroupName: old.name, InstanceIds: [id] }
  await world.scaling.send(new SetInstanceProtectionCommand({ ...one, ProtectedFromScaleIn: true }))
  await world.declare(webNodes({ instance_type: 't3.small' }))
  expect((await tryUpdate(world)).error?.code).toBe('NOT_EMPTY')
  for (const _ of ['it goes back', 'and not further']) {
    const back = await rollback(world)
    expect(back.error).toMatchObject({ code: 'NOT_EMPTY' })
    expect(back.text).toMatch(/web-v001 keeps .* \(protected from scale-in/)
    expect(back.least).toBeGreaterThanOrEqual(2)
    expect(phases(world)).toEqual([
      ['web-v001', 'retiring'],
      ['web-v003', 'live'],
    ])
  }
  await world.scaling.send(new SetInstanceProtectionCommand({ ...one, ProtectedFromScaleIn: false }))
  expect((await rollback(world)).error?.message).toBeUndefined()
  expectSettled(world, { ...settled, digest: digests[1] ?? '' }, 'freed')
  expect((await rollback(world)).error?.message).toBeUndefined()
  expectSettled(world, { ...settled, digest: digests[0] ?? '' }, 'one further back')
})

const withoutProfile = { iam_instance_profile: undefined }

test('to a version whose nodes complete no launch hook puts none, and warns', async () => {
  const world = await webToUpdate(withoutProfile, { iam_instance_profile: 'web' })
  const digest = servingDigest(world)
  expect((await tryUpdate(world)).error?.message).toBeUndefined()
  const back = await rollback(world)
  expect(back.error?.message).toBeUndefined()
  expectSettled(world, { ...settled, digest, hooks: [] }, 'rolled back')
  expect(back.events.map(({ code }) => code)).toContain('CONVERGE_UNSEEN')
})

test('to a version whose nodes complete the launch hook waits for it, whatever the files say now', async () => {
  const world = await webToUpdate({}, withoutProfile)
  const digest = servingDigest(world)
  expect((await tryUpdate(world)).error?.message).toBeUndefined()
  expect(Object.keys(onlyGroup(world).lifecycleHooks)).toEqual([])
  const back = await rollback(world)
  expect(back.error?.message).toBeUndefined()
  expectSettled(world, { ...settled, digest }, 'rolled back')
  expect(back.events.map(({ code }) => code)).not.toContain('CONVERGE_UNSEEN')
})
