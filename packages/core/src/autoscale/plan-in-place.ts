import { rolloutTags, type Version } from './fleet.ts'
import type { Goal } from './goal.ts'
import type { RolloutStep } from './rollout-step.ts'
import { planSizes } from './size-steps.ts'

/** What can be changed of a version that runs, without replacing it. */
export function planInPlace({ group }: Version, goal: Goal): RolloutStep[] {
  const { name, tags } = group
  const { commit } = goal
  const missing = goal.targetGroupArns.filter((arn) => !group.targetGroupArns.includes(arn))
  const kept = new Set([...goal.targetGroupArns, ...goal.staleTargetGroupArns])
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
