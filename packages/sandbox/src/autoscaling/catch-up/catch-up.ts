import { fixedId } from '../../account/ids.ts'
import { Consistency } from '../../account/consistency.ts'
import { evaluate } from '../../cloudwatch/alarms/evaluate.ts'
import type { Scope } from '../../operation.ts'
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
    next.work(scopeAt(next.scope, next.of, next.at))
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
  /** What is the same whenever it is looked at, for ids. */
  of: string
  at: number
  work: (scope: Scope) => void
}

function nextOf(scopes: readonly Scope[]): Next | undefined {
  let first: Next | undefined
  for (const scope of scopes) {
    const { groups, caughtUpTo } = scope.state.autoscaling
    // What a change made due that was not before is done now, not in the past.
    const consider = (due: number | undefined, of: string, work: Next['work']) => {
      if (due === undefined) return
      const at = Math.max(due, caughtUpTo)
      if (!first || at < first.at) first = { scope, of, at, work }
    }
    for (const group of Object.values(groups)) {
      const of = `${group.arn} ${String(group.launchesTried)}`
      consider(dueTime(group, scope), of, (then) => act(group, then))
    }
    for (const alarm of Object.values(scope.state.cloudwatch.alarms)) {
      consider(alarm.nextAt, alarm.arn, (then) => evaluate(alarm, then))
    }
  }
  return first
}

/** The region as it was at that time. Reads are not made to miss what a group makes: each read would make it anew. */
function scopeAt(scope: Scope, of: string, at: number): Scope {
  let given = 0
  return {
    ...scope,
    whenKept: (work) => scope.whenKept(work),
    now: at,
    consistency: new Consistency(),
    newId: (prefix) => {
      given += 1
      return fixedId(prefix, `${of} ${String(at)} ${String(given)}`)
    },
  }
}
