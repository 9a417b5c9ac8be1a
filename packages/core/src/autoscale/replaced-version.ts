import type { Report } from '../ports/report.ts'
import type { FleetPlace, Version } from './fleet.ts'
import type { RolloutStep } from './rollout-step.ts'

/** A version that serves until the next one does. */
export interface ReplacedVersion {
  name: string
  /** Somebody has deleted it before it was taken out of charge. */
  isLost: boolean
}

/** What replaces it, and who is told. */
interface Replacement {
  report: Report
  place: Pick<FleetPlace, 'group'>
  next: { name: string; isInCharge: boolean } | undefined
  replaced: ReplacedVersion | undefined
}

/** The version that a plan replaces, if any. */
export function replacedBy(plan: readonly RolloutStep[]): ReplacedVersion | undefined {
  const comparison = plan.find((step) => step.do === 'match-capacity')
  return comparison && { name: comparison.replaces, isLost: false }
}

/** Says once that what serves is gone: the update goes on, as what comes is needed all the more, but nothing stands in for it until then. */
export function noticeLoss(
  { report, place: { group }, next, replaced }: Replacement,
  versions: readonly Version[],
): void {
  if (replaced === undefined || replaced.isLost) return
  const { name } = replaced
  if (versions.some((version) => version.group.name === name && !version.group.isBeingDeleted)) return
  replaced.isLost = true
  const until =
    next && !next.isInCharge
      ? `: its instances are lost, and nothing serves until ${next.name} is healthy`
      : ''
  const text = `somebody has deleted ${name}, which was in charge${until}`
  report({ level: 'warning', code: 'SERVING_DELETED', group, text, data: { version: name } })
}

/** Whether a step is about such a version: there is nothing left to do to it. */
export function isOfLost({ replaced }: Pick<Replacement, 'replaced'>, step: RolloutStep): boolean {
  if (!replaced?.isLost) return false
  return step.do === 'match-capacity'
    ? step.replaces === replaced.name
    : 'name' in step && step.name === replaced.name
}
