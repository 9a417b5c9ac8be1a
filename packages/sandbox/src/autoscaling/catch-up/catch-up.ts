import { fixedId } from '../../account/ids.ts'
import { Consistency } from '../../account/consistency.ts'
import type { Scope } from '../../operation.ts'
import type { Group } from '../groups/group.ts'
import { act } from './act.ts'
import { dueTime } from './due-time.ts'

/**
 * Lets the groups of all regions do what they do by themselves up to now: launch, replace, terminate. There are no timers: each
 * thing is done at its own time, in the order of those times, and everything about it follows from the account, ids too. So it
 * comes out the same however often, and when, it is looked at, whether or not a read kept it.
 */
export function catchUp(scopes: readonly Scope[]): void {
  for (;;) {
    const next = nextOf(scopes)
    if (!next || next.at > next.scope.now) break
    act(next.group, scopeAt(next.scope, next.group, next.at))
    next.scope.state.autoscaling.caughtUpTo = next.at
  }
  for (const { state, now } of scopes) {
    state.autoscaling.caughtUpTo = Math.max(state.autoscaling.caughtUpTo, now)
  }
}

/** Whether catching up would change anything. */
export function isBehind(scopes: readonly Scope[]): boolean {
  const next = nextOf(scopes)
  return next !== undefined && next.at <= next.scope.now
}

interface Next {
  scope: Scope
  group: Group
  at: number
}

function nextOf(scopes: readonly Scope[]): Next | undefined {
  let first: Next | undefined
  for (const scope of scopes) {
    const { groups, caughtUpTo } = scope.state.autoscaling
    for (const group of Object.values(groups)) {
      const due = dueTime(group, scope)
      if (due === undefined) continue
      // What a change made due that was not before is done now, not in the past.
      const at = Math.max(due, caughtUpTo)
      if (!first || at < first.at) first = { scope, group, at }
    }
  }
  return first
}

/** The region as it was at that time. Reads are not made to miss what a group makes: each read would make it anew. */
function scopeAt(scope: Scope, group: Group, at: number): Scope {
  let given = 0
  return {
    ...scope,
    whenKept: (work) => scope.whenKept(work),
    now: at,
    consistency: new Consistency(),
    newId: (prefix) => {
      given += 1
      return fixedId(prefix, `${group.arn} ${String(at)} ${String(group.launchesTried)} ${String(given)}`)
    },
  }
}
