import { expect, test } from 'vitest'

import { digestOf, twoChanges } from './races.ts'
import { expectSettled, servingDigest } from './settled.ts'
import { seeded, Turns } from './turns.ts'

/** The last ones were found among thousands: what was read is gone by the next call, and two next versions have different numbers. */
const seeds = [
  ...Array.from({ length: 15 }, (_none, index) => index),
  102,
  428,
  1070,
  1358,
  1532,
  3700,
  4862,
  6040,
  6356,
]

test('of two who take over a dead run one wins, and the other stops', { timeout: 600_000 }, async () => {
  const { world, before, wanted, other } = await twoChanges()
  const { calls } = await world.run('autoscale:update')
  const made = calls.indexOf('CreateAutoScalingGroup') + 1
  const released = calls.lastIndexOf('DeleteTags')
  let refusals = 0
  for (const seed of seeds) {
    const random = seeded(seed * 7919 + 13)
    world.restore(before)
    const call = made + Math.floor(random() * (released - made))
    const dead = await world.run(
      'autoscale:update',
      {},
      { operator: 'dead@elsewhere', cut: { call, when: 'after' } },
    )
    expect(dead.wasCut).toBe(true)
    await world.pass(121)
    const turns = new Turns(random)
    const takeOver = (operator: string, nodes: typeof wanted) =>
      world.run('autoscale:update', {}, { operator, nodes, onCall: () => turns.take() })
    const ends = await Promise.all([
      takeOver('one@here', wanted),
      takeOver('two@there', seed % 2 === 0 ? other : wanted),
    ])
    const label = `seed ${String(seed)}, dead after ${String(call)} ${calls[call - 1] ?? ''}`
    const winners = ends.filter(({ error }) => error === undefined)
    const errors = ends.flatMap(({ error }) => error ?? [])
    for (const { kind, message, hint } of errors) {
      expect(kind, label).toBe('conflict')
      // Between a version that goes and the next one, nothing says who is at work.
      expect(`${message}; ${String(hint)}`, label).toMatch(/one@here|two@there|somebody|deleted meanwhile/)
    }
    expect(winners.map(digestOf), label).toContain(servingDigest(world))
    expectSettled(world, { min: 1, max: 1, desired: 1, digest: servingDigest(world) }, label)
    refusals += errors.length
  }
  process.stdout.write(`races after a death: ${String(seeds.length)}, ${String(refusals)} refused\n`)
  expect(refusals).toBeGreaterThan(seeds.length / 2)
})
