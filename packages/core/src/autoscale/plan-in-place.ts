import { rolloutTags, type Version } from './fleet.ts'
import type { Goal } from './goal.ts'
import type { RolloutStep } from './rollout-step.ts'
import { planSizes } from './size-steps.ts'

/** The target groups that others have attached versions to. */
export interface ForeignTargetGroups {
  arns: readonly string[]
  /** The version that comes before. */
  previous: Version | undefined
}

/** What a version is to be attached to: what nodes.json declares, and what others have attached the one before to. */
export function targetGroupsDue(
  { targetGroupArns }: Goal,
  { arns, previous }: ForeignTargetGroups,
): readonly string[] {
  const carried = previous?.group.targetGroupArns.filter((arn) => arns.includes(arn)) ?? []
  return [...targetGroupArns, ...carried]
}

/** What can be changed of a version that runs, without replacing it. */
export function planInPlace({ group }: Version, goal: Goal, foreign: ForeignTargetGroups): RolloutStep[] {
  const { name, tags } = group
  const { commit } = goal
  const missing = targetGroupsDue(goal, foreign).filter((arn) => !group.targetGroupArns.includes(arn))
  const kept = new Set([...goal.targetGroupArns, ...goal.staleTargetGroupArns, ...foreign.arns])
  const surplus = group.targetGroupArns.filter((arn) => !kept.has(arn))
  return [
    ...planSizes(goal, group),
    ...(missing.length === 0 ? [] : [{ do: 'attach', name, targetGroupArns: missing } as const]),
    ...(surplus.length === 0 ? [] : [{ do: 'detach', name, targetGroupArns: surplus } as const]),
    ...(commit === undefined || tags[rolloutTags.commit] === commit
      ? []
      : [{ do: 'tag-commit', name, commit } as const]),
  ]
}
