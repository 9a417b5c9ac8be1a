import type { Scope } from '../../operation.ts'
import { deregistrationDelay } from '../target-groups/attributes.ts'
import type { TargetGroup } from '../target-groups/target-group.ts'
import { healthOf, isPresent, presentTargets } from './target-health.ts'
import { targetKey, type Target } from './target.ts'

/** Adds a target. One that is registered already stays as it is; one that drains starts anew. */
export function register(scope: Scope, group: TargetGroup, target: Pick<Target, 'id' | 'port'>): void {
  forgetDrained(scope, group)
  const key = targetKey(target)
  const known = group.targets[key]
  if (known && known.drainsUntil === undefined) return
  group.targets[key] = { ...target, registeredAt: scope.now }
}

/** Lets a target drain, unless it is unused; gives when it is gone. One that is not registered is gone already. */
export function deregister(
  scope: Scope,
  group: TargetGroup,
  { id, port }: Pick<Target, 'id' | 'port'>,
): number {
  const key = targetKey({ id, port })
  const target = group.targets[key]
  if (!target || !isPresent(scope, group, target)) return scope.now
  if (target.drainsUntil !== undefined) return target.drainsUntil
  const until = scope.now + deregistrationDelay(group) * 1000
  if (healthOf(scope, group, target).State === 'unused' || until === scope.now) {
    delete group.targets[key]
    return scope.now
  }
  target.drainsUntil = until
  return until
}

function forgetDrained(scope: Scope, group: TargetGroup): void {
  const present = presentTargets(scope, group)
  if (present.length === Object.keys(group.targets).length) return
  group.targets = Object.fromEntries(present.map((target) => [targetKey(target), target]))
}
