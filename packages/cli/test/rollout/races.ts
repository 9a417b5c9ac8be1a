import { expect } from 'vitest'

import type { Cut } from './rollout-run.ts'
import { RolloutWorld, webNodes, type RunEnd } from './rollout-world.ts'
import { expectSettled } from './settled.ts'
import { seeded, Turns } from './turns.ts'
import { fleetOf } from './web-fleet.ts'
import { comparable } from './comparable-account.ts'

const one = { operator: 'one@here' }

/** What all races begin from: one version that serves, and two changes of it. */
export async function twoChanges() {
  const world = new RolloutWorld()
  // The fewest waits: what is tried here is the calls.
  const web = { autoscale: { node_min: 1, node_max: 1, timeout: 0 } }
  await world.declare(webNodes(web))
  await world.addImage()
  expect((await world.run('autoscale:run')).error).toBeUndefined()
  const before = world.store.snapshot()
  const other = await world.declare(webNodes({ ...web, instance_type: 't3.large' }))
  const wanted = await world.declare(webNodes({ ...web, instance_type: 't3.small' }))
  return { world, before, wanted, other }
}

export interface Won {
  byFirst: number
  bySecond: number
  /** Of those that the first one won: the other had only looked, and the rest went as if it had not been there. */
  undisturbed: number
}

/** Two operators of two machines, the second one beginning somewhere inside the first one's work; each seed is another race. */
export async function race(seeds: readonly number[]): Promise<Won> {
  const { world, before, wanted, other } = await twoChanges()
  const alone = await world.run('autoscale:update', {}, one)
  expectSettledBy(world, alone, 'alone')
  // One that begins later may look when the first is done, and is no race then.
  const last = alone.calls.lastIndexOf('DeleteTags') - 20
  const won: Won = { byFirst: 0, bySecond: 0, undisturbed: 0 }
  for (const seed of seeds) {
    world.restore(before)
    const random = seeded(seed)
    const turns = new Turns(random)
    const begin = random() < 0.2 ? 1 : 1 + Math.floor(random() * last)
    let second: Promise<RunEnd> | undefined
    let hasOnlyLooked = false
    const cut: Cut = { call: Infinity, when: 'before' }
    const beginSecond = () =>
      world.run(
        'autoscale:update',
        {},
        { operator: 'two@there', nodes: seed % 2 === 0 ? wanted : other, onCall: () => turns.take() },
      )
    const onCall = async (_operation: string, number: number) => {
      if (number >= begin && second === undefined) {
        second = beginSecond()
        void second.then((end) => (hasOnlyLooked = end.error !== undefined && end.calls.every(isLook)))
      }
      await turns.take()
      if (hasOnlyLooked && isAsAlone(world, alone, number)) cut.call = number
    }
    const first = await world.run('autoscale:update', {}, { ...one, nodes: wanted, onCall, cut })
    const ends = [first, await second]
    const label = `seed ${String(seed)}, second from call ${String(begin)}`
    expect(new Set(ends.map((end) => end?.error?.code)), label).toEqual(new Set(['ROLLOUT_OWNED', undefined]))
    const refused = ends.find((end) => end?.error)?.error
    expect(refused?.kind, label).toBe('conflict')
    expect(refused?.message, label).toMatch(/one@here|two@there/)
    const isFirst = first.error === undefined
    won[isFirst ? 'byFirst' : 'bySecond'] += 1
    if (first.wasCut) won.undisturbed += 1
    else expectSettledBy(world, isFirst ? first : ends[1], label)
  }
  return won
}

function isLook(operation: string): boolean {
  return /^(Describe|Get)/.test(operation)
}

/** Whether the account is as it was before that call of the run that was alone: what comes next has been seen. */
function isAsAlone({ store }: RolloutWorld, { points }: RunEnd, number: number): boolean {
  const point = points.find(({ label }) => label.startsWith(`before ${String(number)} `))
  return point !== undefined && comparable(point.state) === comparable(store.read())
}

/** Of what a run says to have put in charge. */
export function digestOf(end: RunEnd | undefined): string | undefined {
  const data = end?.outcome?.data as { groups: { digest: string }[] } | undefined
  return data?.groups[0]?.digest
}

function expectSettledBy(world: RolloutWorld, end: RunEnd | undefined, label: string): void {
  const digest = digestOf(end) ?? ''
  expectSettled(world, { min: 1, max: 1, desired: 1, digest }, label)
  // What was in charge before can be returned to; the loser's is gone.
  expect(fleetOf(world).templateVersions, label).toHaveLength(2)
}
