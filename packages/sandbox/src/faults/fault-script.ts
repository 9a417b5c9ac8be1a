import { readFileSync } from 'node:fs'

import type { Times } from '../operation.ts'
import type { RefusedLaunch, SickLaunch } from './refused-launch.ts'

/** What goes wrong with a call. */
export type Fault =
  /** Refused as AWS does when calls come too fast. */
  | { kind: 'throttle' }
  /** Done, and the connection breaks before the answer. */
  | { kind: 'lose-answer' }
  /** Never answered. */
  | { kind: 'hang' }
  /** Refused with a code and words of AWS. */
  | { kind: 'error'; code: string; message: string; status?: number }

export interface FaultRule {
  /** An operation's name; every operation without it. */
  operation?: string
  /** Which of those calls, counted from 1; all of them without it. */
  calls?: number[]
  /** From 0 to 1; always without it. */
  probability?: number
  fault: Fault
}

/** The contents of the file that PACKAGE_SANDBOX_FAULTS names. Every part may be missing. */
export interface FaultScript {
  /** The same seed gives the same faults. */
  seed?: number
  rules?: FaultRule[]
  /** The process dies, as of kill -9, before or after this call, counted from 1. */
  killBefore?: number
  killAfter?: number
  /** Calls are throttled by AWS's published buckets. */
  throttling?: 'published'
  /** How many reads a new resource is missing from. */
  missingReads?: number
  /** Seconds, in place of the usual ones. */
  times?: Partial<Times>
  /** Launches, counted from 1, whose instances run and never pass their status checks. */
  impairedLaunches?: number[]
  /** Launches whose instances pass their status checks at first, and no more later. */
  sickLaunches?: SickLaunch[]
  /** Launches whose instances fail their first Chef run: the launch hook that their user data completes is abandoned. */
  failedConverges?: number[]
  /** Launches whose instances never complete the hook that their user data completes. */
  hangingConverges?: number[]
  /** Launches whose targets never pass the health checks of a load balancer. */
  unhealthyTargetLaunches?: number[]
  /** Launches that EC2 refuses. */
  refusedLaunches?: RefusedLaunch[]
}

const members: ReadonlySet<string> = new Set<keyof FaultScript>([
  'seed',
  'rules',
  'killBefore',
  'killAfter',
  'throttling',
  'missingReads',
  'times',
  'impairedLaunches',
  'sickLaunches',
  'failedConverges',
  'hangingConverges',
  'unhealthyTargetLaunches',
  'refusedLaunches',
])

/** Throws an Error that says what is wrong when the file cannot be read as one; a misspelt member would be a run without faults. */
export function readFaultScript(path: string): FaultScript {
  const script: unknown = JSON.parse(readFileSync(path, 'utf8'))
  if (typeof script !== 'object' || script === null) throw new Error('it is no JSON object')
  const unknown = Object.keys(script).find((name) => !members.has(name))
  if (unknown !== undefined) throw new Error(`it has an unknown member ${JSON.stringify(unknown)}`)
  return script
}
