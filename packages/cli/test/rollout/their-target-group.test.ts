import { expect, test } from 'vitest'

import { crashEverywhere } from './crash-everywhere.ts'
import { webNodes } from './rollout-world.ts'
import { attachTheirs, deleteTheirs, targetStates } from './their-target-group.ts'
import { balanced, fleetOf, onlyGroup, tryAction, tryUpdate, webToUpdate } from './web-fleet.ts'

const inPlace = { instance_type: 't3.micro' }
const healthy = ['healthy', 'healthy']

test('an update with nothing to replace leaves it alone', async () => {
  const world = await webToUpdate({}, inPlace)
  const theirs = await attachTheirs(world)
  expect(await targetStates(world, theirs)).toEqual(healthy)
  const tried = await tryUpdate(world)
  expect(tried.outcome?.data).toMatchObject({ groups: [{ status: 'unchanged', steps: [] }] })
  expect(tried.least).toBe(2)
  expect(await targetStates(world, theirs)).toEqual(healthy)
  const { outcome } = await tryAction(world, 'autoscale:status')
  expect(outcome?.lines[0]).toBe('web: up to date')
})

test.each([
  ['a load balancer that comes', {}, balanced],
  ['one that goes', balanced, { load_balancer: false }],
])('so does %s', async (_what, web, next) => {
  const world = await webToUpdate(web, { ...inPlace, ...next })
  const theirs = await attachTheirs(world)
  const tried = await tryUpdate(world)
  expect(tried.error?.message).toBeUndefined()
  expect(await targetStates(world, theirs)).toEqual(healthy)
  expect(Object.keys(onlyGroup(world).targetGroups)).toContain(theirs)
})

test.each([
  ['alone', {}, 1],
  ['beside ours', balanced, 2],
])(
  'a replacement carries it to the next version, which is healthy in it before the old one goes, %s',
  async (_, web, count) => {
    const world = await webToUpdate(web)
    const theirs = await attachTheirs(world)
    const planned = await tryUpdate(world, { options: { 'dry-run': true } })
    expect(planned.outcome?.lines.join('\n')).toMatch(/web-v001: carry over target group theirs/)
    const tried = await tryUpdate(world)
    expect(tried.error?.message).toBeUndefined()
    expect(tried.least).toBe(2)
    expect(tried.events.map(({ text }) => text).join('\n')).toMatch(/web-v000: detach and drain .*theirs/)
    expect(onlyGroup(world).name).toBe('web-v001')
    expect(Object.keys(onlyGroup(world).targetGroups)).toHaveLength(count)
    expect(await targetStates(world, theirs)).toEqual(healthy)
    const back = await tryAction(world, 'autoscale:rollback')
    expect(back.error?.message).toBeUndefined()
    expect(back.least).toBe(2)
    expect(await targetStates(world, theirs)).toEqual(healthy)
  },
)

test('cut off anywhere', { timeout: 300_000 }, async () => {
  const world = await webToUpdate()
  const theirs = await attachTheirs(world)
  const settled = (label: string) => {
    expect(Object.keys(onlyGroup(world).targetGroups), label).toEqual([theirs])
    expect(fleetOf(world).serving, label).toBe(2)
  }
  await crashEverywhere({ world, action: 'autoscale:update', settled, atLeast: 2 })
})

test('one that is gone is not carried over', async () => {
  const world = await webToUpdate()
  const theirs = await attachTheirs(world)
  await deleteTheirs(world, theirs)
  const tried = await tryUpdate(world)
  expect(tried.error?.message).toBeUndefined()
  expect(tried.least).toBe(2)
  expect(Object.keys(onlyGroup(world).targetGroups)).toEqual([])
})

test('a deletion drains it, and leaves it', async () => {
  const world = await webToUpdate()
  await world.declare(webNodes())
  const theirs = await attachTheirs(world)
  const gone = await tryAction(world, 'autoscale:delete', { options: { yes: true } })
  expect(gone.error?.message).toBeUndefined()
  expect(fleetOf(world).groups).toEqual([])
  expect(await targetStates(world, theirs)).toEqual([])
})
