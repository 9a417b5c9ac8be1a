import type { GroupSetting } from '../ports/cloud/scaling-groups.ts'
import { convergedHook } from './declared-settings.ts'
import { claimant, type Version } from './fleet.ts'
import { fleetParts } from './fleet-parts.ts'
import { thaw } from './freeze.ts'
import type { Ground } from './ground.ts'
import { removeTemplate } from './plan-template.ts'
import { removal } from './retirement.ts'
import type { RolloutStep } from './rollout-step.ts'

/** How an update is taken back. */
export interface TakeBack {
  /** Whether what did not get healthy stays, to be looked at. */
  keepFailed: boolean
  /** Target groups that get no requests: what is in charge leaves them. */
  idleTargetGroupArns: readonly string[]
}

/**
 * What takes a failed or unwanted update back: the version in charge stays, what has come after it goes. Nothing where a newer one is in
 * charge already.
 */
export function planTakeBack(
  { fleet, settings }: Ground,
  { keepFailed, idleTargetGroupArns }: TakeBack = { keepFailed: false, idleTargetGroupArns: [] },
): RolloutStep[] {
  const { live, older, newer } = fleetParts(fleet)
  const kept = keepFailed ? newer.filter(({ group }) => !group.isBeingDeleted) : []
  const gone = newer.filter((version) => !kept.includes(version))
  const idle = live?.group.targetGroupArns.filter((arn) => idleTargetGroupArns.includes(arn)) ?? []
  const tidied = live ?? kept.at(-1) ?? older.at(-1)
  return [
    ...kept.flatMap((version) => keeping(version, settings.get(version.group.name) ?? [])),
    ...gone.flatMap((version) => removal(version)),
    ...(live && idle.length > 0
      ? [{ do: 'detach', name: live.group.name, targetGroupArns: idle } as const]
      : []),
    ...thaw(live),
    ...(tidied ? [{ do: 'tidy-template', name: tidied.group.name } as const] : removeTemplate(fleet)),
    ...[live, ...older, ...kept].flatMap((version) => release(version)),
  ]
}

/** What is kept to be looked at gets no requests. */
function keeping({ group: { name, targetGroupArns } }: Version, own: readonly GroupSetting[]): RolloutStep[] {
  const hook = own.find((setting) => setting.kind === 'hook' && setting.name === convergedHook)
  return [
    { do: 'keep-failed', name, targetGroupArns, hook },
    ...(targetGroupArns.length > 0 ? [{ do: 'detach', name, targetGroupArns } as const] : []),
  ]
}

function release(live: Version | undefined): RolloutStep[] {
  if (live === undefined || live.group.isBeingDeleted) return []
  return claimant(live) ? [{ do: 'release', name: live.group.name, isDone: false }] : []
}
