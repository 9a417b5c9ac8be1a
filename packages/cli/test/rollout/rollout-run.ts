import type { Outcome } from '@package/core/action'
import type { PackageError } from '@package/core/errors'
import type { Nodes } from '@package/core/groups/nodes'
import type { Event } from '@package/core/ports/report'
import type { AccountState } from '@package/sandbox/account/account-state'
import type { Fault, FaultScript } from '@package/sandbox/faults/fault-script'

/** Where a run is cut off dead: nothing of it runs from there on. */
export interface Cut {
  /** Of its calls to AWS, counted from 1. */
  call: number
  /** An answer that is lost was carried out. */
  when: 'before' | 'after'
}

export interface RunOptions {
  cut?: Cut
  faults?: FaultScript
  /** What goes wrong with one call, by its number, in place of the rules of `faults`. */
  faultAt?: (number: number) => Fault | undefined
  operator?: string
  /** Whether somebody has pressed Ctrl-C. */
  isStopping?: () => boolean
  /** The groups that are named; `web` without it. */
  operands?: string[]
  /** In place of those that are declared. */
  nodes?: Nodes
  /** Told of each call before it is sent. */
  onCall?: (operation: string, number: number) => void | Promise<void>
  /** Told whenever time has passed, each second of it. */
  watch?: () => void
}

export interface RunEnd {
  /** Missing for a run that was cut off. */
  outcome?: Outcome
  error?: PackageError
  wasCut: boolean
  events: Event[]
  /** Names of operations, in order. */
  calls: string[]
  /** The account before and after each call: all that a run leaves behind which ends there. */
  points: Point[]
}

export interface Point {
  /** Such as `before 12 CreateAutoScalingGroup`. */
  label: string
  /** Shared by all points between which nothing changed. */
  state: AccountState
}
