import type { Outcome } from '../../action.ts'
import type { HostResult, HostStatus } from '../../deploy/host-result.ts'
import type { DeployRun } from '../../deploy/ledger.ts'
import type { RunState } from '../../deploy/run-state.ts'
import { exitCodeOf } from '../../errors.ts'
import { alignColumns } from '../align-columns.ts'

/** In this order they are summed up. */
const statuses: readonly HostStatus[] = [
  'converged',
  'failed',
  'unreachable',
  'timed out',
  'lost',
  'stopped',
  'running',
  'not started',
]

/** Hosts that a table shows one by one, where all is well with them. */
const mostConverged = 20

/** A run as it is shown when it is over. */
export function deployOutcome(record: DeployRun, wasStopped: boolean): Outcome {
  const exit = wasStopped ? exitCodeOf.cancelled : exitOf(record)
  return { data: record, lines: deployLines(record), ...(exit !== 0 && { exit }) }
}

/** The same of the last run, whatever has become of it. */
export function lastOutcome(record: DeployRun, state: RunState): Outcome {
  const { run, operator, process_id: processId } = record
  const more: Record<RunState, string[]> = {
    ended: [],
    'at work': [`${run} is still at work: process ${String(processId)}`],
    'cut off': [
      `${run} was cut off before it ended; what it has left: package instance:deploy --retry-failed`,
    ],
    unknown: [
      `${run} of ${operator} had not ended: it is still at work there, or was cut off; what it has left: package instance:deploy --retry-failed`,
    ],
  }
  return { data: { ...record, state }, lines: [...deployLines(record), ...more[state]] }
}

function deployLines({ run, hosts, why_run: whyRun }: DeployRun): string[] {
  if (hosts.length === 0) return ['nothing to do']
  const good = hosts.filter(({ status }) => status === 'converged')
  const shown = good.length > mostConverged ? hosts.filter(({ status }) => status !== 'converged') : hosts
  const rows = shown.map(({ status, group, id, name, log = '', reason }) => ({
    cells: [status, group, id, name, log],
    reason,
  }))
  const lines = alignColumns(rows.map(({ cells }) => cells))
  const table = rows.flatMap(({ reason }, index) => [
    lines[index] ?? '',
    ...(reason === undefined ? [] : [`    ${reason.replaceAll(/\p{Cc}/gu, '?')}`]),
  ])
  return [...table, `${whyRun ? 'why-run ' : ''}${run}: ${summary(hosts)}`]
}

/** `8 converged, 2 failed`. */
function summary(hosts: readonly HostResult[]): string {
  const counts = statuses.map((status) => ({
    status,
    count: hosts.filter((host) => host.status === status).length,
  }))
  return counts.flatMap(({ status, count }) => (count === 0 ? [] : [`${String(count)} ${status}`])).join(', ')
}

/** 6 where part of it failed; where it was the only host, what failed. */
function exitOf({ hosts }: DeployRun): number {
  const bad = hosts.find(({ status }) => status !== 'converged')
  if (bad === undefined) return 0
  if (hosts.length > 1) return exitCodeOf.partial
  if (bad.code === 'HOST_BUSY') return exitCodeOf.conflict
  const isLate = bad.status === 'timed out' || bad.code === 'NO_HOST_KEY'
  return isLate ? exitCodeOf.timeout : exitCodeOf.system
}
