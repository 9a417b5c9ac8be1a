import type { ErrorKind } from '@package/core/errors'

export interface Advice {
  kind: ErrorKind
  code: string
  /** What to do next. */
  hint: string
}

export interface AdviceRule extends Advice {
  codes: RegExp
  /** Where the code alone does not say what happened. */
  message?: RegExp
}
