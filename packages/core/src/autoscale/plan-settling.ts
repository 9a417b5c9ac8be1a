import type { Goal } from './goal.ts'
import type { Ground } from './ground.ts'
import type { RolloutStep } from './rollout-step.ts'

/**
 * What is left to be done to the version in charge once such a plan is carried out, so that target groups that are not declared any more
 * can be removed: what the plan makes is not attached to them, and what it takes away has left them.
 */
export function planSettling(
  { fleet }: Ground,
  { staleTargetGroupArns }: Goal,
  plan: readonly RolloutStep[],
): RolloutStep[] {
  const promoted = plan.find((step) => step.do === 'promote')
  const name = promoted?.name ?? fleet.live?.group.name
  const serving = fleet.versions.find(({ group }) => group.name === name)
  const stale = serving?.group.targetGroupArns.filter((arn) => staleTargetGroupArns.includes(arn)) ?? []
  return name === undefined || stale.length === 0 ? [] : [{ do: 'detach', name, targetGroupArns: stale }]
}
