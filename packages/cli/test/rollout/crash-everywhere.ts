import { expect } from 'vitest'

import { comparable } from './comparable-account.ts'
import { FleetOnAws } from './fleet-on-aws.ts'
import type { Point, RolloutWorld, RunEnd } from './rollout-world.ts'

export interface Rehearsal {
  world: RolloutWorld
  action: string
  options?: Record<string, string | boolean>
  /** Checks what there is once the action has been run to its end. */
  settled: (label: string) => void
  /** Healthy instances that there must be at every instant. */
  atLeast: number
  /** With what the action refuses to be run once more when all of it is done. */
  refusedWhenDone?: string
}

export interface Counted {
  /** Before and after every call. */
  points: number
  /** Of these, with another account: where nothing differs but drawn ids, it is the same point. */
  states: number
}

/** Cuts the action off at each point of it, and runs it once more from there: that has to end as if nothing had been. */
export async function crashEverywhere(rehearsal: Rehearsal): Promise<Counted> {
  const { states, points } = await pointsOf(rehearsal, 'the whole of it')
  for (const { label, state } of states) {
    rehearsal.world.restore(state)
    await toTheEnd(rehearsal, label)
  }
  return { points, states: states.length }
}

/** The same, and with every pair of points: the run that goes on is cut off too. */
export async function crashTwiceEverywhere(rehearsal: Rehearsal): Promise<{ once: Counted; twice: Counted }> {
  const first = await pointsOf(rehearsal, 'the whole of it')
  const tried = new Set<string>()
  let points = 0
  for (const { label, state, shared } of first.states) {
    rehearsal.world.restore(state)
    const second = await pointsOf(rehearsal, label)
    points += shared * second.points
    for (const again of second.states) {
      const account = comparable(again.state)
      if (tried.has(account)) continue
      tried.add(account)
      rehearsal.world.restore(again.state)
      await toTheEnd(rehearsal, `${label}, then ${again.label}`)
    }
  }
  const once = { points: first.points, states: first.states.length }
  return { once, twice: { points, states: tried.size } }
}

interface State extends Point {
  /** How many points have it. */
  shared: number
}

async function pointsOf(rehearsal: Rehearsal, label: string): Promise<{ points: number; states: State[] }> {
  const { points } = await toTheEnd(rehearsal, label)
  const states = new Map<Point['state'], State>()
  for (const point of points) {
    const known = states.get(point.state)
    if (known) known.shared += 1
    else states.set(point.state, { ...point, shared: 1 })
  }
  return { points: points.length, states: [...states.values()] }
}

async function toTheEnd(rehearsal: Rehearsal, label: string): Promise<RunEnd> {
  const { world, action, options = {}, settled, atLeast, refusedWhenDone } = rehearsal
  let least = Infinity
  const watch = () => {
    least = Math.min(least, new FleetOnAws(world.store.read()).serving)
  }
  watch()
  const end = await world.run(action, options, { watch })
  if (end.error?.code !== refusedWhenDone) expect(end.error?.message, label).toBeUndefined()
  expect(least, `${label}: healthy instances at the worst instant`).toBeGreaterThanOrEqual(atLeast)
  settled(label)
  return end
}
