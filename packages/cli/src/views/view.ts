import type { PackageError } from '@package/core/errors'
import type { Outcome } from '@package/core/action'
import type { Report } from '@package/core/ports/report'

import type { LiveSize } from './live/live-line.ts'

/** How a run shows itself. Chosen before anything can fail. */
export interface View {
  start(): void
  event: Report
  result(action: string, outcome: Outcome, exit: number): void
  failure(error: PackageError, exit: number): void
}

/** Where a view writes to: results on one stream, everything else on the other. */
export interface Streams {
  out(text: string): void
  err(text: string): void
  /** True where `err` is a terminal that wants colours. */
  hasColour(): boolean
  /** The size of `err` where it is a terminal on which lines can be written over; undefined elsewhere. */
  liveSize(): LiveSize | undefined
}
