import { expect } from 'vitest'

import { RolloutWorld, webNodes, type RunEnd } from './rollout-world.ts'
import { expectSettled } from './settled.ts'
import { seeded, Turns } from './turns.ts'

/** What both begin from: one version that serves, and two changes of it. */
async function beforeRace() {
  const world = new RolloutWorld()
  // The fewest waits: what is tried here is the calls.
  const web = { autoscale: { node_min: 1, node_max: 1, timeout: 0 } }
  await world.declare(webNodes(web))
  await world.addImage()
  expect((await world.run('autoscale:run')).error).toBeUndefined()
  const before = world.store.snapshot()
  const other = await world.declare(webNodes({ ...web, instance_type: 't3.large' }))
  const wanted = await world.declare(webNodes({ ...web, instance_type: 't3.small' }))
  const { calls } = await world.run('autoscale:update')
  return { world, before, wanted, other, calls }
}

/** Two operators of two machines, the second one beginning somewhere inside the first one's work; each seed is another race. */
export async function race(seeds: readonly number[]): Promise<{ firstWon: number; secondWon: number }> {
  const { world, before, wanted, other, calls } = await beforeRace()
  // One that begins later may look when the first is done, and is no race then.
  const last = calls.lastIndexOf('DeleteTags') - 20
  const won = { firstWon: 0, secondWon: 0 }
  for (const seed of seeds) {
    world.restore(before)
    const random = seeded(seed)
    const turns = new Turns(random)
    const begin = random() < 0.2 ? 1 : 1 + Math.floor(random() * last)
    let second: Promise<RunEnd> | undefined
    const onCall = async (_operation: string, number: number) => {
      second ??=
        number < begin
          ? undefined
          : world.run(
              'autoscale:update',
              {},
              { operator: 'two@there', nodes: seed % 2 === 0 ? wanted : other, onCall: () => turns.take() },
            )
      await turns.take()
    }
    const first = await world.run('autoscale:update', {}, { operator: 'one@here', nodes: wanted, onCall })
    const ends = [first, await second]
    const label = `seed ${String(seed)}, second from call ${String(begin)}`
    expect(new Set(ends.map((end) => end?.error?.code)), label).toEqual(new Set(['ROLLOUT_OWNED', undefined]))
    const refused = ends.find((end) => end?.error)?.error
    expect(refused?.kind, label).toBe('conflict')
    expect(refused?.message, label).toMatch(/one@here|two@there/)
    const isFirst = first.error === undefined
    won[isFirst ? 'firstWon' : 'secondWon'] += 1
    const digest = digestOf(isFirst ? first : ends[1])
    expectSettled(world, { min: 1, max: 1, desired: 1, digest }, label)
  }
  return won
}

function digestOf(end: RunEnd | undefined): string {
  const data = end?.outcome?.data as { groups: { digest: string }[] } | undefined
  return data?.groups[0]?.digest ?? ''
}
