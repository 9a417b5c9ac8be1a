import type { AccountState } from '@package/sandbox/account/account-state'
import type { Fault } from '@package/sandbox/faults/fault-script'
import { expect, test } from 'vitest'

import { differing } from './comparable-account.ts'
import type { RolloutWorld } from './rollout-world.ts'
import { servingDigest } from './settled.ts'
import { expectReplaced, fleetOf, tryUpdate, webToUpdate, type Tried } from './web-fleet.ts'

interface Rehearsed {
  world: RolloutWorld
  digest: string
  before: AccountState
  /** Of an update that nothing goes wrong with. */
  calls: string[]
}

async function rehearsed(): Promise<Rehearsed> {
  const world = await webToUpdate()
  const digest = servingDigest(world)
  const before = world.store.snapshot()
  const { calls, error } = await tryUpdate(world)
  expect(error?.message).toBeUndefined()
  return { world, digest, before, calls }
}

function isMutating(operation: string): boolean {
  return !/^(Describe|Get)/.test(operation)
}

function told(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** What was cut short serves as before; the next update brings it to its end. */
async function expectNextConverges(world: RolloutWorld, digest: string, label: string): Promise<Tried> {
  const next = await tryUpdate(world)
  expect(next.error?.message, label).toBeUndefined()
  expect(next.least, label).toBeGreaterThanOrEqual(2)
  expectReplaced(world, digest, {}, label)
  return next
}

test.each([1, 2, 3, 4, 5])('seed %i: two calls of five are throttled', async (seed) => {
  const world = await webToUpdate()
  const digest = servingDigest(world)
  const rules = [{ probability: 0.4, fault: { kind: 'throttle' as const } }]
  const tried = await tryUpdate(world, { faults: { seed, rules } })
  expect(tried.error?.message).toBeUndefined()
  // Of 66 that it takes without.
  expect(tried.calls.length).toBeGreaterThan(85)
  expect(tried.least).toBe(2)
  expectReplaced(world, digest)
})

test('an account that never stops throttling is told of as such; the next run goes on', async () => {
  const world = await webToUpdate()
  const digest = servingDigest(world)
  const rules = [{ operation: 'SuspendProcesses', fault: { kind: 'throttle' as const } }]
  const tried = await tryUpdate(world, { faults: { rules } })
  expect(tried.error).toMatchObject({ code: 'THROTTLED', kind: 'system' })
  expect(tried.exit).toBe(1)
  expect(tried.text).toMatch(/web-v001 was removed; web-v000 serves as before/)
  expect(tried.least).toBe(2)
  expectAsBefore(world, digest, 'throttled')
  await expectNextConverges(world, digest, 'throttled')
})

test("an update stays within EC2's published limits", async () => {
  const world = await webToUpdate()
  const digest = servingDigest(world)
  const tried = await tryUpdate(world, { faults: { throttling: 'published' } })
  expect(tried.error?.message).toBeUndefined()
  expectReplaced(world, digest)
})

test('each answer of an update may get lost once', async () => {
  const { world, digest, before, calls } = await rehearsed()
  for (const [index, operation] of calls.entries()) {
    const label = `answer ${String(index + 1)} ${operation} lost`
    world.restore(before)
    const lost = (number: number): Fault | undefined =>
      number === index + 1 ? { kind: 'lose-answer' } : undefined
    const tried = await tryUpdate(world, { faultAt: lost })
    expect(tried.error?.message, label).toBeUndefined()
    expect(tried.least, label).toBeGreaterThanOrEqual(2)
    expectReplaced(world, digest, {}, label)
  }
  told(`answers lost: ${String(calls.length)}, all updates done`)
})

test('each change may be refused once: it is named, and nothing of it stays', async () => {
  const { world, digest, before, calls } = await rehearsed()
  let takenBack = 0
  const changes = [...calls.entries()].filter(([, operation]) => isMutating(operation))
  for (const [index, operation] of changes) {
    const label = `call ${String(index + 1)} ${operation} refused`
    world.restore(before)
    const refused = (number: number) => (number === index + 1 ? refusal(operation) : undefined)
    const tried = await tryUpdate(world, { faultAt: refused })
    expect(tried.error, label).toMatchObject({ code: 'NOT_ALLOWED', kind: 'system' })
    expect(tried.exit, label).toBe(1)
    expect(tried.error?.message, label).toContain(operation)
    expect(tried.error?.hint, label).toContain('docs/iam.md')
    expect(tried.least, label).toBeGreaterThanOrEqual(2)
    const isTakenBack = !tried.events.some(({ text }) => /put in charge/.test(text))
    if (isTakenBack) expectAsBefore(world, digest, label)
    takenBack += isTakenBack ? 1 : 0
    await expectNextConverges(world, digest, label)
  }
  told(`changes refused: ${String(changes.length)}, of these taken back at once: ${String(takenBack)}`)
})

test('credentials may expire at each call: the next run goes on', async () => {
  const { world, digest, before, calls } = await rehearsed()
  const left: { label: string; state: AccountState }[] = []
  for (const [index, operation] of calls.entries()) {
    const label = `expired at ${String(index + 1)} ${operation}`
    world.restore(before)
    const expired = (number: number) => (number > index ? expiry : undefined)
    const tried = await tryUpdate(world, { faultAt: expired })
    expect(tried.error, label).toMatchObject({ code: 'CREDENTIALS_EXPIRED', kind: 'system' })
    expect(tried.text, label).toMatch(/log in again.*goes on where it stopped/)
    expectLeftSaid(world, tried.text, label)
    expect(tried.least, label).toBeGreaterThanOrEqual(2)
    left.push({ label, state: world.store.read() })
  }
  for (const { label, state } of differing(left)) {
    world.restore(state)
    await expectNextConverges(world, digest, label)
  }
  told(`credentials expired: at ${String(calls.length)} calls`)
})

/** Nothing can be done to it without credentials: so it is said. */
function expectLeftSaid(world: RolloutWorld, text: string, label: string): void {
  const [old, next] = fleetOf(world).groups
  const isStaging = next?.tags['package:phase']?.value === 'staging'
  if (next && isStaging) {
    expect(text, label).toContain(`${next.name} exists, and is not in charge; `)
    expect(text, label).toContain('package autoscale:rollback web goes back to what ran before')
  }
  if (isStaging && 'AlarmNotification' in (old?.suspended ?? {})) {
    const said = `web-v000 serves, with AZRebalance, AlarmNotification suspended, so it does not scale by its alarms`
    expect(text, label).toContain(said)
  }
}

const expiry: Fault = {
  kind: 'error',
  code: 'ExpiredToken',
  message: 'The security token included in the request is expired',
  status: 403,
}

/** As the services have it: EC2 does not always say what it is that is not allowed. */
function refusal(operation: string): Fault {
  const isOfEc2 = /LaunchTemplate/.test(operation)
  return isOfEc2
    ? {
        kind: 'error',
        code: 'UnauthorizedOperation',
        message:
          'You are not authorized to perform this operation. Encoded authorization failure message: kX3',
        status: 403,
      }
    : {
        kind: 'error',
        code: 'AccessDenied',
        message: `User: arn:aws:iam::123456789012:user/me is not authorized to perform: autoscaling:${operation} because no identity-based policy allows the action`,
        status: 403,
      }
}

/** The old version serves, and nothing is left of the other. */
function expectAsBefore(world: RolloutWorld, digest: string, label: string): void {
  const fleet = fleetOf(world)
  expect(servingDigest(world), label).toBe(digest)
  expect(
    fleet.groups.map(({ name, suspended }) => [name, Object.keys(suspended)]),
    label,
  ).toEqual([['web-v000', []]])
  expect(fleet.templateVersions, label).toEqual([1])
}
