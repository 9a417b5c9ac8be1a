import { DeleteAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling'
import { expect, test } from 'vitest'

import { servingDigest } from './settled.ts'
import { expectReplaced, fleetOf, tryUpdate, webToUpdate } from './web-fleet.ts'

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
    const tried = await tryUpdate(world, {
      onCall: async (_, number) => {
        const isThere = fleetOf(world).groups.some((group) => group.name === name)
        if (number === at && isThere) await world.scaling.send(remove)
      },
    })
    const code = tried.error?.code ?? 'done'
    told.set(code, (told.get(code) ?? 0) + 1)
    if (tried.error) expect(tried.error.kind, `${label}: ${tried.text}`).toBe('conflict')
    if (tried.error) expect(tried.error.hint, label).toMatch(/run the same command again|autoscale:run/)
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
