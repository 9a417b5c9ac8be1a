import { DeleteAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling'
import { expect, test } from 'vitest'

import { heldAt } from './held-at.ts'
import { webNodes } from './rollout-world.ts'
import { expectGone, expectSettled, servingDigest } from './settled.ts'
import {
  balanced,
  fleetOf,
  launchesFrom,
  nextLaunch,
  tryAction,
  tryUpdate,
  webToUpdate,
  type Tried,
} from './web-fleet.ts'

const sizes = { min: 2, max: 4, desired: 2 }
const one = { operator: 'one@here' }
const two = { operator: 'two@there' }

test.each([
  ['autoscale:delete', 'UpdateAutoScalingGroup'],
  ['autoscale:update', 'UpdateAutoScalingGroup'],
])(
  '%s --takeover has what it has claimed, also where that is renewed in the same moment',
  async (action, later) => {
    const world = await webToUpdate()
    // The first tag says what is frozen.
    const renewing = heldAt('CreateOrUpdateTags', 2)
    const first = tryUpdate(world, { ...one, onCall: renewing.onCall })
    await renewing.reached
    await world.declare(webNodes({ instance_type: 't3.large' }))
    const removing = heldAt(later)
    const options = { takeover: true, ...(action === 'autoscale:delete' && { yes: true }) }
    const second = tryAction(world, action, { ...two, options, onCall: removing.onCall })
    await removing.reached
    renewing.open()
    expect((await first).error).toMatchObject({ kind: 'conflict', code: 'ROLLOUT_OWNED' })
    removing.open()
    expect((await second).error?.message).toBeUndefined()
    if (action === 'autoscale:delete') expectGone(world, action)
    else expectSettled(world, { ...sizes, digest: servingDigest(world) }, action)
  },
)

test.each([
  ['autoscale:update', 'what is in charge stays'],
  ['autoscale:run', 'nothing is in charge'],
])(
  '%s that removes a failed version has it, where %s: it is refused to others, and taken over',
  async (action) => {
    const world = await webToUpdate()
    if (action === 'autoscale:run') {
      expect((await tryAction(world, 'autoscale:delete', { options: { yes: true } })).exit).toBe(0)
    }
    const faults = { impairedLaunches: launchesFrom(nextLaunch(world)) }
    expect((await tryAction(world, action, { faults, options: { 'keep-failed': true } })).exit).toBe(5)
    const removing = heldAt('UpdateAutoScalingGroup')
    const first = tryAction(world, action, { ...one, onCall: removing.onCall })
    await removing.reached
    const refused = await tryAction(world, action, two)
    expect(refused.error).toMatchObject({ kind: 'conflict', code: 'ROLLOUT_OWNED' })
    expect(refused.error?.message).toContain('one@here')
    const second = await tryAction(world, action, { ...two, options: { takeover: true } })
    expect(second.error?.message).toBeUndefined()
    removing.open()
    expect((await first).error).toMatchObject({ kind: 'conflict' })
    expectSettled(world, { ...sizes, digest: servingDigest(world) }, action)
  },
)

test('a next version that somebody deletes before it was ever listed is not waited for as one that gets healthy', async () => {
  const world = await webToUpdate()
  const removal = new DeleteAutoScalingGroupCommand({ AutoScalingGroupName: 'web-v001', ForceDelete: true })
  let isMade = false
  const tried = await tryUpdate(world, {
    onCall: async (operation) => {
      if (isMade && operation === 'DescribeAutoScalingGroups') {
        isMade = false
        await world.scaling.send(removal)
        await world.pass(300)
      }
      isMade ||= operation === 'CreateAutoScalingGroup'
    },
  })
  expect(tried.error).toMatchObject({ kind: 'conflict', code: 'VERSION_GONE' })
})

test('an update that makes a load balancer for minutes says all the time that it is at work', async () => {
  const world = await webToUpdate()
  await world.declare(webNodes({ ...balanced, instance_type: 't3.small' }))
  const began = fleetOf(world).now
  let refused: Tried | undefined
  const faults = { times: { loadBalancer: 300 } }
  const first = await tryUpdate(world, {
    ...one,
    faults,
    onCall: async (operation) => {
      if (refused || operation !== 'DescribeLoadBalancers' || fleetOf(world).now - began < 200_000) return
      refused = await tryUpdate(world, two)
    },
  })
  expect(refused?.error).toMatchObject({ kind: 'conflict', code: 'ROLLOUT_OWNED' })
  expect(refused?.error?.message).toContain('one@here')
  expect(first.error?.message).toBeUndefined()
})

test('what serves may be deleted by hand while an update makes a load balancer', async () => {
  const world = await webToUpdate()
  await world.declare(webNodes({ ...balanced, instance_type: 't3.small' }))
  const removal = new DeleteAutoScalingGroupCommand({ AutoScalingGroupName: 'web-v000', ForceDelete: true })
  let isDeleted = false
  const { error } = await tryUpdate(world, {
    faults: { times: { loadBalancer: 300 } },
    onCall: async (operation) => {
      if (isDeleted || operation !== 'CreateLoadBalancer') return
      isDeleted = true
      await world.scaling.send(removal)
    },
  })
  expect(error?.message).toBeUndefined()
  expectSettled(world, { ...sizes, loadBalancers: 1, digest: servingDigest(world) }, 'made all the same')
})
