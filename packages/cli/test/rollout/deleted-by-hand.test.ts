import { DeleteAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling'
import { DeleteLaunchTemplateVersionsCommand } from '@aws-sdk/client-ec2'
import { expect, test } from 'vitest'

import { servingDigest } from './settled.ts'
import { expectReplaced, fleetOf, tryUpdate, webToUpdate, type Tried } from './web-fleet.ts'

const cases = [
  { name: 'web-v000', whose: 'old' },
  { name: 'web-v001', whose: 'next' },
] as const

test.each(cases)('the $whose group may be deleted by hand before any call', async ({ name, whose }) => {
  const world = await webToUpdate()
  const digest = servingDigest(world)
  const before = world.store.snapshot()
  const { calls } = await tryUpdate(world)
  const remove = new DeleteAutoScalingGroupCommand({ AutoScalingGroupName: name, ForceDelete: true })
  const told = new Map<string, number>()
  for (let at = 1; at <= calls.length; at += 2) {
    const label = `${name} deleted before ${String(at)} ${calls[at - 1] ?? ''}`
    world.restore(before)
    let wasWaitedFor = false
    const tried = await tryUpdate(world, {
      onCall: async (_, number) => {
        const [, next] = fleetOf(world).groups
        if (number === at) wasWaitedFor = next?.tags['package:phase']?.value === 'staging'
        const isThere = fleetOf(world).groups.some((group) => group.name === name)
        if (number === at && isThere) await world.scaling.send(remove)
      },
    })
    if (whose === 'old' && wasWaitedFor) expectTold(tried, label)
    const code = tried.error?.code ?? 'done'
    told.set(code, (told.get(code) ?? 0) + 1)
    expectConflictIfAny(tried, label)
    // What the update itself did not tell to end serves.
    if (whose === 'next' && !tried.calls.includes('UpdateAutoScalingGroup')) {
      expect([tried.least, fleetOf(world).servingOf('web-v000')], label).toEqual([2, 2])
    }
    await world.pass(300)
    const isLeft = fleetOf(world).groups.length > 0
    const again = await tryUpdate(world)
    if (!isLeft) expect(again.error?.code, label).toBe('AUTOSCALE_MISSING')
    if (!isLeft) expect((await world.run('autoscale:run')).error?.message, label).toBeUndefined()
    else expect(again.error?.message, label).toBeUndefined()
    expectReplaced(world, digest, {}, label)
  }
  process.stdout.write(`${name} deleted: ${[...told].map((each) => each.join(' ')).join(', ')}\n`)
})

test('what the next version is to launch from may be deleted by hand before it is made', async () => {
  const world = await webToUpdate()
  const digest = servingDigest(world)
  const remove = new DeleteLaunchTemplateVersionsCommand({
    LaunchTemplateName: 'tests/web',
    Versions: ['2'],
  })
  const tried = await tryUpdate(world, {
    onCall: async (operation) => {
      if (operation === 'CreateAutoScalingGroup') await world.ec2.send(remove)
    },
  })
  expect(tried.error).toMatchObject({ code: 'TEMPLATE_VERSION_GONE', kind: 'conflict' })
  expect(tried.text).toMatch(/somebody has removed version 2 of launch template tests\/web meanwhile/)
  expectConflictIfAny(tried, 'template')
  expect((await tryUpdate(world)).error?.message).toBeUndefined()
  expectReplaced(world, digest)
})

function expectConflictIfAny({ error, text }: Tried, label: string): void {
  if (error === undefined) return
  expect(error.kind, `${label}: ${text}`).toBe('conflict')
  expect(error.hint, label).toMatch(/run the same command again|autoscale:run/)
}

/** That what served is gone, once; and nothing any more of what would be done to it. */
function expectTold({ events, outcome }: Tried, label: string): void {
  const codes = events.map(({ code }) => code)
  const told = codes.indexOf('SERVING_DELETED')
  expect(events[told], label).toMatchObject({
    level: 'warning',
    data: { version: 'web-v000' },
  })
  // It may be noticed once the next one is in charge already.
  const lost = '(: its instances are lost, and nothing serves until web-v001 is healthy)?'
  expect(events[told]?.text, label).toMatch(
    new RegExp(`^somebody has deleted web-v000, which was in charge${lost}$`),
  )
  expect(codes.lastIndexOf('SERVING_DELETED'), label).toBe(told)
  const later = events.slice(told).filter(({ code }) => code === 'STEP')
  expect(
    later.filter(({ text }) => text.includes('web-v000')),
    label,
  ).toEqual([])
  expect(JSON.stringify(outcome?.data ?? {}), label).not.toContain('web-v000: e')
}
