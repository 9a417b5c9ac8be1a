import { DeletePolicyCommand } from '@aws-sdk/client-auto-scaling'
import { expect, test } from 'vitest'

import { crashEverywhere } from './crash-everywhere.ts'
import { webNodes, type RolloutWorld } from './rollout-world.ts'
import { expectGone, expectSettled, servingDigest } from './settled.ts'
import { busy, expectReplaced, fleetOf, onlyGroup, tryAction, tryUpdate, webToUpdate } from './web-fleet.ts'

const busier = { ...busy, name: 'busier' }
const tracking = { name: 'busy', type: 'target_tracking', metric: 'cpu', target: 50 }

function withPolicies(...policies: object[]): { autoscale: object } {
  return { autoscale: { node_min: 2, node_max: 4, timeout: 60, policies } }
}

/** Those of step policies: target tracking has its own, which AWS makes and deletes. */
function alarms(world: RolloutWorld): string[] {
  return fleetOf(world).alarms.filter((name) => !name.startsWith('TargetTracking-'))
}

test.each([
  ['renamed', [busier], ['tests/web/busier']],
  ['removed', [], []],
  ['of another type', [tracking], []],
  ['kept', [busy], ['tests/web/busy']],
])('a step policy that is %s while its version is replaced', async (_how, policies, left) => {
  const world = await webToUpdate(withPolicies(busy), withPolicies(...policies))
  const digest = servingDigest(world)
  expect(alarms(world)).toEqual(['tests/web/busy'])
  const tried = await tryUpdate(world)
  expect(tried.error?.message).toBeUndefined()
  expect(tried.least).toBe(2)
  expect(alarms(world)).toEqual(left)
  expectReplaced(world, digest, { policies: policies.map(({ name }) => `package/${name}`) })
  expect((await tryUpdate(world)).outcome?.data).toMatchObject({ groups: [{ status: 'unchanged' }] })
})

test('a renamed one, cut off anywhere', { timeout: 300_000 }, async () => {
  const world = await webToUpdate(withPolicies(busy), withPolicies(busier))
  const before = world.store.snapshot()
  expect((await tryUpdate(world)).error?.message).toBeUndefined()
  const digest = servingDigest(world)
  world.restore(before)
  const settled = (label: string) => {
    expectSettled(world, { min: 2, max: 4, desired: 2, digest, policies: ['package/busier'] }, label)
    expect(alarms(world), label).toEqual(['tests/web/busier'])
  }
  await crashEverywhere({ world, action: 'autoscale:update', settled, atLeast: 2 })
})

/** Somebody has deleted the policy, and not its alarm. */
async function withStrayAlarm(): Promise<RolloutWorld> {
  const world = await webToUpdate(withPolicies(busy), { instance_type: 't3.micro' })
  const names = { AutoScalingGroupName: 'web-v000', PolicyName: 'package/busy' }
  await world.scaling.send(new DeletePolicyCommand(names))
  expect(alarms(world)).toEqual(['tests/web/busy'])
  return world
}

test('an alarm whose policy is gone goes with the next update', async () => {
  const world = await withStrayAlarm()
  await world.declare(webNodes())
  const { instances } = onlyGroup(world)
  const tried = await tryUpdate(world)
  expect(tried.outcome?.data).toMatchObject({ groups: [{ steps: ['alarm tests/web/busy: delete'] }] })
  expect(alarms(world)).toEqual([])
  expect(Object.keys(onlyGroup(world).instances)).toEqual(Object.keys(instances))
})

test('so it does with the group', async () => {
  const world = await withStrayAlarm()
  const gone = await tryAction(world, 'autoscale:delete', { options: { yes: true } })
  expect(gone.error?.message).toBeUndefined()
  expectGone(world, 'deleted')
})
