import { CreateOrUpdateTagsCommand } from '@aws-sdk/client-auto-scaling'
import type { Fault } from '@package/sandbox/faults/fault-script'
import { expect, test } from 'vitest'

import { heldAt } from './held-at.ts'
import { RolloutWorld, webNodes } from './rollout-world.ts'
import { expectSettled, servingDigest } from './settled.ts'
import { fleetOf } from './web-fleet.ts'

async function beforeUpdate(instanceType = 't3.small') {
  const world = new RolloutWorld()
  await world.declare(webNodes())
  await world.addImage()
  expect((await world.run('autoscale:run')).error).toBeUndefined()
  await world.declare(webNodes({ instance_type: instanceType }))
  const before = world.store.snapshot()
  const { calls, error } = await world.run('autoscale:update')
  expect(error).toBeUndefined()
  const digest = servingDigest(world)
  world.restore(before)
  return { world, calls, digest, before }
}

const sizes = { min: 2, max: 4, desired: 2 }

test('the work of a run that died on another machine is taken over after two minutes of silence', async () => {
  const { world, calls, digest, before } = await beforeUpdate()
  const made = calls.indexOf('CreateAutoScalingGroup') + 1
  const released = calls.lastIndexOf('DeleteTags') + 1
  for (let call = made; call < released; call += 5) {
    world.restore(before)
    const label = `cut off after ${String(call)} ${calls[call - 1] ?? ''}`
    const first = await world.run(
      'autoscale:update',
      {},
      { operator: 'one@here', cut: { call, when: 'after' } },
    )
    expect(first.wasCut, label).toBe(true)
    const tooEarly = await world.run('autoscale:update', {}, { operator: 'two@there' })
    expect(tooEarly.error, label).toMatchObject({ kind: 'conflict', code: 'ROLLOUT_OWNED' })
    expect(tooEarly.error?.message, label).toContain('one@here')
    await world.pass(121)
    const second = await world.run('autoscale:update', {}, { operator: 'two@there' })
    expect(second.error, label).toBeUndefined()
    expectSettled(world, { ...sizes, digest }, label)
  }
})

test('--takeover waits for nobody; the run that it is taken from stops', async () => {
  const { world, calls, digest } = await beforeUpdate()
  const call = calls.indexOf('SuspendProcesses') + 1
  let second: ReturnType<RolloutWorld['run']> | undefined
  const first = await world.run(
    'autoscale:update',
    {},
    {
      operator: 'one@here',
      onCall: async (_operation, number) => {
        if (number < call + 4 || second) return
        second = world.run('autoscale:update', { takeover: true }, { operator: 'two@there' })
        await second
      },
    },
  )
  expect((await second)?.error).toBeUndefined()
  expect(first.error).toMatchObject({ kind: 'conflict' })
  expectSettled(world, { ...sizes, digest }, 'taken over')
})

function isWrite(operation: string): boolean {
  return !/^(Describe|Get)/.test(operation)
}

test('a run that is cut off is dead: nothing of it is done any more', async () => {
  const { world, calls, before } = await beforeUpdate()
  for (let call = 1; call <= calls.length; call += 7) {
    world.restore(before)
    const { wasCut, calls: made } = await world.run('autoscale:update', {}, { cut: { call, when: 'before' } })
    expect(wasCut).toBe(true)
    const count = made.length
    await world.pass(600)
    await new Promise((resolve) => setImmediate(resolve))
    expect(made).toHaveLength(count)
    expect(made.filter(isWrite)).toEqual(calls.slice(0, call).filter(isWrite))
  }
})

/** What a run changes after its next look at the autoscale groups. */
function changesAfterLook(calls: readonly string[], from: number): string[] {
  const look = calls.indexOf('DescribeAutoScalingGroups', from)
  return look === -1 ? [] : calls.slice(look + 1).filter(isWrite)
}

test('a run whose version another one has claimed stops at its next look, wherever it is', async () => {
  const { world, calls, before, digest } = await beforeUpdate()
  const first = calls.indexOf('SuspendProcesses') + 2
  const last = calls.lastIndexOf('DeleteAutoScalingGroup')
  for (let call = first; call < last; call += 6) {
    world.restore(before)
    const label = `taken over before ${String(call)} ${calls[call - 1] ?? ''}`
    // It has claimed what there is by then, and waits.
    const held = heldAt('DescribePolicies')
    let hasClaimed = false
    let second: ReturnType<RolloutWorld['run']> | undefined
    const onCall = async (name: string) => {
      if (hasClaimed) await held.onCall(name)
      hasClaimed ||= name === 'CreateOrUpdateTags'
    }
    const owned = await world.run(
      'autoscale:update',
      {},
      {
        operator: 'one@here',
        onCall: async (_operation, number) => {
          if (number < call || second) return
          second = world.run('autoscale:update', { takeover: true }, { operator: 'two@there', onCall })
          await held.reached
        },
      },
    )
    held.open()
    expect((await second)?.error?.message, label).toBeUndefined()
    expect(owned.error, label).toMatchObject({ kind: 'conflict', code: 'ROLLOUT_OWNED' })
    expect(owned.error?.message, label).toContain('two@there')
    expect(changesAfterLook(owned.calls, call - 1), label).toEqual([])
    expectSettled(world, { ...sizes, digest }, label)
  }
})

test('of two that take over at once, the one that claims first changes nothing any more', async () => {
  const { world, calls, digest } = await beforeUpdate()
  const call = calls.indexOf('CreateAutoScalingGroup') + 1
  await world.run('autoscale:update', {}, { operator: 'dead@elsewhere', cut: { call, when: 'after' } })
  await world.pass(121)
  const held = heldAt('CreateOrUpdateTags')
  const again = heldAt('DescribeAutoScalingGroups')
  let hasClaimed = false
  const later = world.run(
    'autoscale:update',
    {},
    {
      operator: 'two@there',
      onCall: async (name) => {
        if (hasClaimed) await again.onCall(name)
        hasClaimed ||= name === 'CreateOrUpdateTags'
        await held.onCall(name)
      },
    },
  )
  await held.reached
  let claims = 0
  const earlier = await world.run(
    'autoscale:update',
    {},
    {
      operator: 'one@here',
      onCall: async (name) => {
        if (claims > 0) held.open()
        if (claims > 0) await again.reached
        claims += name === 'CreateOrUpdateTags' ? 1 : 0
      },
    },
  )
  again.open()
  expect(earlier.error).toMatchObject({ code: 'ROLLOUT_OWNED' })
  expect(earlier.calls.filter(isWrite)).toEqual(['CreateOrUpdateTags'])
  expect((await later).error?.message).toBeUndefined()
  expectSettled(world, { ...sizes, digest }, 'taken over at once')
})

test('a run whose version another one removes is told who does that, also before there is a next one', async () => {
  const { world, calls } = await beforeUpdate()
  const call = calls.indexOf('CreateAutoScalingGroup') + 1
  await world.run('autoscale:update', {}, { operator: 'dead@elsewhere', cut: { call, when: 'after' } })
  await world.pass(121)
  const waiting = heldAt('DescribeScalingActivities')
  const first = world.run('autoscale:update', {}, { operator: 'one@here', onCall: waiting.onCall })
  await waiting.reached
  await world.declare(webNodes({ instance_type: 't3.large' }))
  const creating = heldAt('CreateAutoScalingGroup')
  const second = world.run(
    'autoscale:update',
    { takeover: true },
    { operator: 'two@there', onCall: creating.onCall },
  )
  await creating.reached
  waiting.open()
  const { error, calls: made } = await first
  expect(error).toMatchObject({ kind: 'conflict', code: 'ROLLOUT_OWNED' })
  expect(error?.message).toContain('two@there')
  expect(made.filter(isWrite)).toEqual(['CreateOrUpdateTags', 'CreateOrUpdateTags', 'SuspendProcesses'])
  creating.open()
  expect((await second).error?.message).toBeUndefined()
  expectSettled(world, { ...sizes, digest: servingDigest(world) }, 'made after all')
})

test('what somebody has marked as failed is not put in charge, also where the mark of the run is renewed', async () => {
  const { world, digest } = await beforeUpdate()
  const phase = { Key: 'package:phase', Value: 'failed', PropagateAtLaunch: false }
  const doom = new CreateOrUpdateTagsCommand({
    Tags: [{ ...phase, ResourceType: 'auto-scaling-group', ResourceId: 'web-v001' }],
  })
  const { error } = await world.run(
    'autoscale:update',
    {},
    {
      onCall: async (operation) => {
        if (operation === 'DescribeInstanceStatus') await world.scaling.send(doom)
      },
    },
  )
  expect(error).toMatchObject({ kind: 'conflict', code: 'ROLLOUT_OWNED' })
  expect(fleetOf(world).groups.map(({ tags }) => tags['package:phase']?.value)).toEqual(['live', 'failed'])
  expect((await world.run('autoscale:update')).error?.message).toBeUndefined()
  expectSettled(world, { ...sizes, digest }, 'another one')
})

test('a run whose number others have used and left meanwhile gives way, with all that it has made', async () => {
  const { world, before } = await beforeUpdate()
  world.restore(before)
  const { nodes } = world
  if (nodes === undefined) throw new Error('nothing is declared')
  const slow = await world.run(
    'autoscale:update',
    {},
    {
      operator: 'one@here',
      nodes,
      onCall: async (name) => {
        if (name !== 'CreateAutoScalingGroup' || servingNumber(world) > 0) return
        for (const instance_type of ['t3.large', 't3.xlarge']) {
          await world.declare(webNodes({ instance_type }))
          expect((await world.run('autoscale:update', {}, { operator: 'two@there' })).error).toBeUndefined()
        }
      },
    },
  )
  expect(slow.error).toMatchObject({ kind: 'conflict', code: 'ROLLOUT_OWNED' })
  expect(servingNumber(world)).toBe(2)
  expectSettled(world, { ...sizes, digest: servingDigest(world) }, 'gave way')
  // Of the start, of one and of the two of the other: what the slow one has made is gone.
  expect(fleetOf(world).templateVersions).toHaveLength(3)
})

test('a run that fails takes nothing back that somebody else is at work on by then', async () => {
  const { world, calls, digest } = await beforeUpdate()
  const held = heldAt('DescribeScalingActivities')
  let other: ReturnType<RolloutWorld['run']> | undefined
  const call = calls.indexOf('CreateLaunchTemplateVersion') + 1
  const failed = await world.run(
    'autoscale:update',
    {},
    {
      operator: 'one@here',
      faultAt: (number) => (number === call ? refused : undefined),
      onCall: async (_operation, number) => {
        if (number !== call) return
        other = world.run('autoscale:update', {}, { operator: 'two@there', onCall: held.onCall })
        await held.reached
      },
    },
  )
  expect(failed.error).toMatchObject({ kind: 'conflict', code: 'ROLLOUT_OWNED' })
  expect(failed.error?.message).toContain('two@there is at work on web-v001')
  expect(failed.calls.filter(isWrite)).toEqual(['CreateLaunchTemplateVersion'])
  held.open()
  expect((await other)?.error?.message).toBeUndefined()
  expectSettled(world, { ...sizes, digest }, 'not taken back')
})

const refused: Fault = {
  kind: 'error',
  code: 'UnauthorizedOperation',
  message: 'not authorized',
  status: 403,
}

function servingNumber(world: RolloutWorld): number {
  return Number(fleetOf(world).groups[0]?.name.slice(-3))
}
