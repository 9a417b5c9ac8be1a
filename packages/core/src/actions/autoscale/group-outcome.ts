import type { Outcome } from '../../action.ts'
import { exitCodeOf, PackageError } from '../../errors.ts'
import type { GroupResult } from '../../groups/in-dependency-order.ts'

/** What an action on one group gives: data, and lines for people. */
export interface GroupOutcome {
  group: string
  /** Such as `updated`, `unchanged`, `skipped`. */
  status: string
  lines: readonly string[]
  data: object
}

/**
 * One outcome for all groups. Throws what is no PackageError, a wish to stop, and the failure of a group that was alone; else each failure is named
 * and the exit code says that part of it failed.
 */
export function groupOutcome(dryRun: boolean, results: readonly GroupResult<GroupOutcome>[]): Outcome {
  const done = results.flatMap((each) => ('result' in each ? [each.result] : []))
  const failed = results.flatMap((each) => ('error' in each ? [failureOf(each.group.name, each.error)] : []))
  const waited = results.flatMap((each) => ('waitedFor' in each ? [each] : []))
  const cancelled = failed.flatMap(({ error }) => (error.kind === 'cancelled' ? [error] : []))
  const [first] = failed
  if (cancelled.length > 0) throw together(cancelled)
  if (first && results.length === 1) throw first.error
  const data = {
    dry_run: dryRun,
    groups: done.map(({ group, status, data: more }) => ({ group, status, ...more })),
    failed: failed.map(({ group, error: { code, message, hint } }) => ({
      group,
      code,
      text: message,
      ...(hint !== undefined && { hint }),
    })),
    not_started: waited.map(({ group, waitedFor }) => ({ group: group.name, waits_for: waitedFor })),
  }
  const lines = [
    ...done.flatMap((each) => each.lines),
    ...failed.flatMap(({ group, error }) => [
      `failed       ${group}  ${error.message}`,
      ...(error.hint === undefined ? [] : [`             ${error.hint}`]),
    ]),
    ...waited.map(
      ({ group, waitedFor }) => `not started  ${group.name}  it waits for ${waitedFor}, which failed`,
    ),
  ]
  const outcome = { data, lines: lines.length === 0 ? ['nothing to do'] : lines }
  return failed.length === 0 ? outcome : { ...outcome, exit: exitCodeOf.partial }
}

/** Of each group it is said what exists. */
function together(cancelled: readonly PackageError[]): PackageError {
  const text = cancelled.map(({ message }) => message).join('; ')
  const hint = [...new Set(cancelled.flatMap((error) => error.hint ?? []))].join('; ')
  return new PackageError('cancelled', 'CANCELLED', text, { hint })
}

function failureOf(group: string, error: unknown): { group: string; error: PackageError } {
  if (error instanceof PackageError) return { group, error }
  throw error
}
