import type { Version } from './fleet.ts'
import type { RolloutStep } from './rollout-step.ts'

/** What would change the version in charge by chance while another comes. */
export const frozen = ['AZRebalance', 'AlarmNotification'] as const

type FreezeStep = RolloutStep & { do: 'freeze' }

/** Suspends those that run. */
export function freeze(live: Version | undefined, wanted: readonly string[]): FreezeStep[] {
  if (!live || live.group.isBeingDeleted) return []
  const running = wanted.filter((process) => !live.group.suspended.includes(process))
  if (running.length === 0) return []
  // Those that an earlier run has suspended are named again: they stay known as ours.
  return [{ do: 'freeze', name: live.group.name, processes: [...new Set([...live.frozen, ...running])] }]
}

/** Resumes what an update has suspended. */
export function thaw(live: Version | undefined): RolloutStep[] {
  if (!live || live.frozen.length === 0 || live.group.isBeingDeleted) return []
  return [thawing(live, live.frozen)]
}

export function thawing({ group: { name } }: Version, processes: readonly string[]): RolloutStep {
  return { do: 'thaw', name, processes }
}
