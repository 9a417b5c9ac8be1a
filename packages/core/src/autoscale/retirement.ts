import { isOutOfCharge, type Version } from './fleet.ts'
import type { RolloutStep } from './rollout-step.ts'

type Confirmed = Pick<RolloutStep & { do: 'confirm-healthy' }, 'name' | 'within'>

/** Takes a version out of charge and away; with what comes in its place, which must be healthy once it has drained too. */
export function retirement(version: Version, successor?: Confirmed): RolloutStep[] {
  const { group, phase } = version
  if (group.isBeingDeleted) return [{ do: 'delete-version', name: group.name }]
  return [
    ...(isOutOfCharge(phase) ? [] : [{ do: 'retire', name: group.name } as const]),
    ...removal(version, successor),
  ]
}

/** Takes a version away. */
export function removal({ group }: Version, successor?: Confirmed): RolloutStep[] {
  const { name, isBeingDeleted, targetGroupArns } = group
  if (isBeingDeleted) return [{ do: 'delete-version', name }]
  const confirm = successor ? [{ do: 'confirm-healthy', ...successor } as const] : []
  return [
    ...(targetGroupArns.length === 0 ? [] : [{ do: 'detach', name, targetGroupArns } as const, ...confirm]),
    { do: 'empty', name },
    { do: 'delete-version', name },
  ]
}
