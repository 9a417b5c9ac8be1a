import { expect, test } from 'vitest'

import { differing } from './comparable-account.ts'
import { RolloutWorld, webNodes } from './rollout-world.ts'
import { expectGone, expectSettled, servingDigest } from './settled.ts'
import { targetStates } from './their-target-group.ts'
import {
  balanced,
  expectReplaced,
  fleetOf,
  launchesFrom,
  nextLaunch,
  tryAction,
  tryUpdate,
  webToUpdate,
} from './web-fleet.ts'

const keep = { 'keep-failed': true }

function versionsOf(world: RolloutWorld) {
  return fleetOf(world).groups.map(({ name, tags, suspended }) => ({
    name,
    phase: tags['package:phase']?.value,
    owner: tags['package:owner']?.value,
    frozen: tags['package:frozen']?.value,
    suspended: Object.keys(suspended),
  }))
}

const idle = { owner: undefined, frozen: undefined, suspended: [] }

const suspended = ['ReplaceUnhealthy', 'AZRebalance', 'AlarmNotification', 'ScheduledActions']
const kept = { ...idle, frozen: suspended.join(','), suspended }

/** The instances of the version that is kept. */
function keptInstances(world: RolloutWorld): string[] {
  const failed = fleetOf(world).groups.find(({ tags }) => tags['package:phase']?.value === 'failed')
  return Object.values(failed?.instances ?? {})
    .filter(({ state }) => state === 'InService')
    .map(({ instanceId }) => instanceId)
    .sort()
}

/** An update whose first Chef runs fail, kept. */
async function failedAndKept() {
  const world = await webToUpdate()
  const digest = servingDigest(world)
  const faults = { failedConverges: launchesFrom(nextLaunch(world)) }
  const tried = await tryUpdate(world, { faults, options: keep })
  expect(tried.error?.code).toBe('CONVERGE_FAILED')
  return { world, digest, hint: tried.error?.hint }
}

async function statusOf(world: RolloutWorld): Promise<string> {
  const { outcome } = await tryAction(world, 'autoscale:status')
  return outcome?.lines.join('\n') ?? ''
}

test('the old version goes on untouched, and nobody is at work any more', async () => {
  const { world } = await failedAndKept()
  expect(versionsOf(world)).toEqual([
    { name: 'web-v000', phase: 'live', ...idle },
    { name: 'web-v001', phase: 'failed', ...kept },
  ])
  const status = await statusOf(world)
  expect(status).toMatch(/^web: web-v001 failed and is kept to be looked at; an update would replace it/)
  expect(status).toMatch(/web-v001 {2}failed, kept/)
  expect(status).not.toMatch(/cut off/)
})

test('what comes up after first Chef runs that fail stays, to be looked at', async () => {
  const { world, hint } = await failedAndKept()
  expect(hint).toMatch(/those that come up from now on stay|instance:ssh web --id i-\w+ logs in to one/)
  await world.pass(600)
  const staying = keptInstances(world)
  expect(staying).toHaveLength(2)
  await world.pass(3600)
  expect(keptInstances(world)).toEqual(staying)
  const [, named] = /--id (i-\w+) logs in to one/.exec(hint ?? '') ?? []
  if (named !== undefined) expect(staying).toContain(named)
  expect(await statusOf(world)).toMatch(/web-v001 {2}failed, kept {2}2 of 2 in service/)
  expect(await statusOf(world)).toMatch(new RegExp(`${staying[0] ?? ''} .* InService +kept`))
})

test('a schedule ends none of them', async () => {
  const world = await webToUpdate()
  const due = new Date(fleetOf(world).time + 3_600_000)
  const cron = `${String(due.getUTCMinutes())} ${String(due.getUTCHours())} * * *`
  const schedule = [{ cron, node_min: 0, desired: 0 }]
  const autoscale = { node_min: 2, node_max: 4, timeout: 60, schedule }
  await world.declare(webNodes({ instance_type: 't3.small', autoscale }))
  const faults = { impairedLaunches: launchesFrom(nextLaunch(world)) }
  expect((await tryUpdate(world, { faults, options: keep })).error?.code).toBe('NOT_HEALTHY')
  await world.pass(7200)
  expect(keptInstances(world)).toHaveLength(2)
})

test.each([
  ['whose first Chef runs do not end', 'hangingConverges'],
  ['that AWS finds impaired', 'impairedLaunches'],
])('instances %s stay, and the error names one of them', async (_, fault) => {
  const world = await webToUpdate()
  const faults = { [fault]: launchesFrom(nextLaunch(world)) }
  const tried = await tryUpdate(world, { faults, options: keep })
  expect(tried.error?.code).toBe('NOT_HEALTHY')
  const [, id = 'none'] = /instance:ssh web --id (\S+) logs in to one/.exec(tried.error?.hint ?? '') ?? []
  await world.pass(3600)
  expect(keptInstances(world)).toHaveLength(2)
  expect(keptInstances(world)).toContain(id)
})

test('where it is cut off on the way, the next update goes on', async () => {
  const world = await webToUpdate(balanced)
  const digest = servingDigest(world)
  const faults = { hangingConverges: launchesFrom(nextLaunch(world)) }
  const attached: string[] = []
  const onCall = (operation: string) => {
    if (operation !== 'CompleteLifecycleAction') return
    const failed = fleetOf(world).groups.find(({ name }) => name === 'web-v001')
    attached.push(...Object.values(failed?.targetGroups ?? {}).map(({ state }) => state))
  }
  const { points, calls } = await tryUpdate(world, { faults, options: keep, onCall })
  expect(calls).toContain('CompleteLifecycleAction')
  // What goes into service then gets no requests.
  expect(attached.filter((state) => state !== 'Removing')).toEqual([])
  const from = calls.lastIndexOf('SuspendProcesses')
  const keeping = points.slice(2 * from - 4)
  expect(keeping.length).toBeGreaterThan(10)
  for (const { label, state } of differing(keeping).filter((_point, index) => index % 2 === 0)) {
    world.restore(state)
    const again = await tryUpdate(world)
    expect(again.error?.message, label).toBeUndefined()
    expect(again.least, label).toBe(2)
    expectReplaced(world, digest, { loadBalancers: 1 }, label)
  }
})

test('behind a load balancer it gets no requests: its targets have drained', async () => {
  const world = await webToUpdate(balanced)
  const first = nextLaunch(world)
  // The first of its instances answers.
  const faults = { unhealthyTargetLaunches: launchesFrom(first + 1) }
  const tried = await tryUpdate(world, { faults, options: keep })
  expect(tried.error?.code).toBe('NOT_HEALTHY')
  expect(tried.least).toBe(2)
  expect(versionsOf(world).map(({ phase }) => phase)).toEqual(['live', 'failed'])
  const [live, failed] = fleetOf(world).groups
  expect(Object.keys(failed?.instances ?? {})).toHaveLength(2)
  expect(Object.keys(failed?.targetGroups ?? {})).toEqual([])
  const [arn = ''] = Object.keys(live?.targetGroups ?? {})
  expect(await targetStates(world, arn)).toEqual(['healthy', 'healthy'])
  expect((await tryUpdate(world)).error?.message).toBeUndefined()
  expect(fleetOf(world).serving).toBe(2)
})

test('the same update again makes another one: its own launches count alone', async () => {
  const { world, digest } = await failedAndKept()
  const again = await tryUpdate(world)
  expect(again.error?.message).toBeUndefined()
  expect(again.least).toBe(2)
  expect(again.events.map(({ text }) => text)).toContain('web-v002: put in charge')
  expectReplaced(world, digest)
})

test('with the files put back, the next update removes it', async () => {
  const { world, digest } = await failedAndKept()
  await world.declare(webNodes())
  expect(await statusOf(world)).toMatch(
    /^web: web-v001 failed and is kept to be looked at; an update removes it/,
  )
  expect((await tryUpdate(world)).error?.message).toBeUndefined()
  expectSettled(world, { min: 2, max: 4, desired: 2, digest }, 'put back')
})

test('a rollback removes it, and what serves stays; the next one goes back from there', async () => {
  const { world, digest } = await failedAndKept()
  const only = world.store.snapshot()
  expect((await tryAction(world, 'autoscale:rollback')).error?.message).toBeUndefined()
  expectSettled(world, { min: 2, max: 4, desired: 2, digest }, 'nothing ran before')
  world.restore(only)
  expect((await tryUpdate(world)).error?.message).toBeUndefined()
  const second = servingDigest(world)
  await world.declare(webNodes({ instance_type: 't3.large' }))
  const faults = { impairedLaunches: launchesFrom(nextLaunch(world)) }
  expect((await tryUpdate(world, { faults, options: keep })).exit).toBe(5)
  for (const expected of [second, digest]) {
    expect((await tryAction(world, 'autoscale:rollback')).error?.message).toBeUndefined()
    expectSettled(world, { min: 2, max: 4, desired: 2, digest: expected }, 'rolled back')
  }
})

test('a rollback that failed and was kept is tried again by the next one', async () => {
  const world = await webToUpdate()
  const digest = servingDigest(world)
  expect((await tryUpdate(world)).error?.message).toBeUndefined()
  const faults = { impairedLaunches: launchesFrom(nextLaunch(world)) }
  expect((await tryAction(world, 'autoscale:rollback', { faults, options: keep })).exit).toBe(5)
  expect((await tryAction(world, 'autoscale:rollback')).error?.message).toBeUndefined()
  expectSettled(world, { min: 2, max: 4, desired: 2, digest }, 'rolled back')
})

test('a deletion removes it too, and says nothing of going on', async () => {
  const { world } = await failedAndKept()
  const planned = await tryAction(world, 'autoscale:delete', { options: { 'dry-run': true } })
  expect(planned.outcome?.lines.join('\n')).not.toMatch(/go on with it/)
  expect(
    (await tryAction(world, 'autoscale:delete', { options: { yes: true } })).error?.message,
  ).toBeUndefined()
  expectGone(world, 'deleted')
})

test('a first start that failed is kept, and started anew', async () => {
  const world = new RolloutWorld()
  await world.declare(webNodes())
  await world.addImage()
  const faults = { failedConverges: launchesFrom(nextLaunch(world)) }
  const tried = await tryAction(world, 'autoscale:run', { faults, options: keep })
  expect(tried.error?.code).toBe('CONVERGE_FAILED')
  expect(tried.error?.hint).toMatch(
    /web-v000 is kept: .*; package autoscale:delete web removes it; the same command removes it and tries/,
  )
  expect(versionsOf(world)).toEqual([{ name: 'web-v000', phase: 'failed', ...kept }])
  expect(await statusOf(world)).toMatch(/nothing serves; package autoscale:run web starts another/)
  expect((await tryAction(world, 'autoscale:run')).error?.message).toBeUndefined()
  expectSettled(world, { min: 2, max: 4, desired: 2, digest: servingDigest(world) }, 'started')
})

test('what is gone on with is judged by what it launches from then on', async () => {
  const world = await webToUpdate()
  const digest = servingDigest(world)
  const before = world.store.snapshot()
  const faults = { failedConverges: launchesFrom(nextLaunch(world)) }
  const { calls } = await world.run('autoscale:update', {}, { faults })
  const call = calls.lastIndexOf('DescribeScalingActivities') + 1
  world.restore(before)
  expect((await world.run('autoscale:update', {}, { faults, cut: { call, when: 'before' } })).wasCut).toBe(
    true,
  )
  const tried = await tryUpdate(world)
  expect(tried.error?.message).toBeUndefined()
  expect(tried.events.map(({ text }) => text)).toContain('web-v001: put in charge')
  expect(tried.least).toBe(2)
  expectReplaced(world, digest)
})
