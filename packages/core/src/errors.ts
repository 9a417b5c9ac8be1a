import type { Problem } from './groups/problem.ts'

/** What kind of failure it is; each kind has one exit code. */
export type ErrorKind =
  'system' | 'usage' | 'config' | 'conflict' | 'timeout' | 'partial' | 'bug' | 'cancelled'

/** The only place where kinds of failure become exit codes (requirements, section 7). */
export const exitCodeOf: Readonly<Record<ErrorKind, number>> = {
  system: 1,
  usage: 2,
  config: 3,
  conflict: 4,
  timeout: 5,
  partial: 6,
  bug: 70,
  cancelled: 130,
}

export interface ErrorDetails {
  /** What to do next, as a sentence or a command that can be pasted. */
  hint?: string
  /** Places in a file of the project; shown all at once. */
  problems?: readonly Problem[]
  cause?: unknown
}

/**
 * A failure that the operator can do something about. Anything thrown that is not one is a bug of the tool.
 * `code` is UPPER_SNAKE and stable; `message` is lower case, without a full stop, and names the offending value.
 */
export class PackageError extends Error {
  readonly kind: ErrorKind
  readonly code: string
  readonly hint: string | undefined
  readonly problems: readonly Problem[]

  constructor(kind: ErrorKind, code: string, message: string, details: ErrorDetails = {}) {
    super(message, { cause: details.cause })
    this.name = 'PackageError'
    this.kind = kind
    this.code = code
    this.hint = details.hint
    this.problems = details.problems ?? []
  }
}

/** The same failure, which says more of what to do next. */
export function withMoreHint(cause: PackageError, more: string): PackageError {
  const { kind, code, message, problems } = cause
  const hint = cause.hint === undefined ? more : `${cause.hint}; ${more}`
  return new PackageError(kind, code, message, { hint, problems, cause })
}
