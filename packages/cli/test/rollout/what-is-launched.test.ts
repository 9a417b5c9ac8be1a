import { expect, test } from 'vitest'

import { webNodes } from './rollout-world.ts'
import { servingDigest } from './settled.ts'
import { tryAction, tryUpdate, webToUpdate } from './web-fleet.ts'

const dryRun = { options: { 'dry-run': true } }

test('a rollback says in a dry run and in its result what it goes back to', async () => {
  const world = await webToUpdate({ instance_type: 't3.nano' }, { instance_type: 't3.micro' })
  const digest = servingDigest(world)
  expect((await tryUpdate(world)).error?.message).toBeUndefined()
  const template = String.raw`version 1 of launch template tests\/web: image ami-\w+, t3\.nano, digest ${digest.slice(0, 12)}`
  const data = {
    groups: [
      { template_version: 1, image: expect.stringMatching(/^ami-/), instance_type: 't3.nano', digest },
    ],
  }
  const planned = (await tryAction(world, 'autoscale:rollback', dryRun)).outcome
  expect(planned?.lines[0]).toMatch(new RegExp(`^web: back to ${template}$`))
  expect(planned?.data).toMatchObject(data)
  const done = (await tryAction(world, 'autoscale:rollback')).outcome
  expect(done?.lines).toEqual([
    expect.stringMatching(new RegExp(`^replaced   web  web-v002  back to ${template}$`)),
  ])
  expect(done?.data).toMatchObject(data)
})

test('so it does where what is in charge stays', { timeout: 60_000 }, async () => {
  const world = await webToUpdate({ instance_type: 't3.nano' }, { instance_type: 't3.micro' })
  const { calls, points } = await tryUpdate(world)
  const made = points.find(
    ({ label }) =>
      label === `after ${String(calls.indexOf('CreateAutoScalingGroup') + 1)} CreateAutoScalingGroup`,
  )
  if (made === undefined) throw new Error('no version was made')
  world.restore(made.state)
  const planned = (await tryAction(world, 'autoscale:rollback', dryRun)).outcome
  expect(planned?.lines[0]).toMatch(
    /^web: back to version 1 of launch template tests\/web: image ami-\w+, t3\.nano/,
  )
  const done = (await tryAction(world, 'autoscale:rollback')).outcome
  expect(done?.lines[0]).toMatch(
    /^updated    web  back to version 1 of launch template tests\/web: image ami-/,
  )
})

test('a dry run of an update names what it would launch', async () => {
  const world = await webToUpdate({}, { instance_type: 't3.small' })
  const { outcome } = await tryUpdate(world, dryRun)
  const text =
    /^  web-v001: create, with 2 of 2 to 4 instances, from image (ami-\w+), t3\.small, digest ([0-9a-f]{12})$/m
  const [, image, digest = ''] = text.exec(outcome?.lines.join('\n') ?? '') ?? []
  expect(outcome?.data).toMatchObject({
    groups: [{ image, instance_type: 't3.small', digest: expect.stringMatching(new RegExp(`^${digest}`)) }],
  })
  await world.declare(webNodes({ autoscale: { node_min: 2, node_max: 3 } }))
  const inPlace = (await tryUpdate(world, dryRun)).outcome
  expect(inPlace?.lines.join('\n')).not.toMatch(/ from image /)
})
