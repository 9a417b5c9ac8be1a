import type { Scope } from '../../operation.ts'
import type { Instance } from './instance.ts'

/** When its first status checks are through. */
export function checkedAt({ runningAt }: Instance, { times }: Scope): number {
  return runningAt + times.statusChecks * 1000
}

/** From when on its status checks fail; undefined where they never do. */
export function impairedSince(instance: Instance, scope: Scope): number | undefined {
  const { isImpaired, sickAfter, runningAt } = instance
  if (isImpaired === true) return checkedAt(instance, scope)
  if (sickAfter === undefined) return undefined
  return Math.max(checkedAt(instance, scope), runningAt + sickAfter * 1000)
}
