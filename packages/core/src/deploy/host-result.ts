/** What became of a host. `stopped` is one that Ctrl-C has ended. */
export type HostStatus =
  'converged' | 'failed' | 'unreachable' | 'timed out' | 'lost' | 'stopped' | 'not started' | 'running'

/** A host of a deploy, as the ledger and `--output json` have it. */
export interface HostResult {
  group: string
  id: string
  name: string
  zone: string
  status: HostStatus
  /** Why it did not converge, in words. */
  reason?: string
  /** Of the error, where the way to the host has one. */
  code?: string
  /** Whether the bundle was sent, or was there already. */
  bundle?: 'sent' | 'present'
  /** Of what was said on it, relative to the project. */
  log?: string
  seconds?: number
}

const errors: ReadonlySet<HostStatus> = new Set(['failed', 'unreachable', 'timed out', 'lost'])

/** Whether it counts for --max-errors. */
export function isError({ status }: HostResult): boolean {
  return errors.has(status)
}
