import type { CloudCall } from '../action.ts'
import type { Fleet } from './fleet.ts'
import type { RolloutStep } from './rollout-step.ts'

/** Says which processes somebody has suspended of a version that is replaced: its successor runs all of them. */
export function warnOfSuspended(
  { report }: Pick<CloudCall, 'report'>,
  { live }: Fleet,
  plan: readonly RolloutStep[],
): void {
  const next = plan.find((step) => step.do === 'match-capacity')
  const byHand = live?.group.suspended.filter((process) => !live.frozen.includes(process)) ?? []
  if (next === undefined || byHand.length === 0) return
  const names = byHand.join(', ')
  const text = `${next.replaces}: somebody has suspended ${names}; that does not go over to ${next.name}; where it is to, once that runs: aws autoscaling suspend-processes --auto-scaling-group-name ${next.name} --scaling-processes ${byHand.join(' ')}`
  report({ level: 'warning', code: 'SUSPENDED_BY_HAND', text })
}
