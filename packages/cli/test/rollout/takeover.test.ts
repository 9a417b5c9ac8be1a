import { expect, test } from 'vitest'

import { RolloutWorld, webNodes } from './rollout-world.ts'
import { expectSettled, servingDigest } from './settled.ts'

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
