import { PackageError } from '../errors.ts'
import type { Files } from '../ports/files.ts'
import type { HostResult, HostStatus } from './host-result.ts'

const folder = '.package/runs'
const action = 'instance:deploy'

/** What a deploy is about to do, is doing or has done, as `.package/runs/<run>.json` keeps it. */
export interface DeployRun {
  run: string
  action: typeof action
  /** Milliseconds since 1970, on the clock that the run works with. */
  started_at: number
  operator: string
  /** On the operator's machine. */
  process_id: number
  environment: string | null
  why_run: boolean
  /** False while it goes on, and for one that was killed. */
  ended: boolean
  /** SHA-256 of the bundles, by group. */
  bundles: Record<string, string>
  hosts: HostResult[]
}

export function logPathOf(run: string, instanceId: string): string {
  return `.package/logs/${run}/${instanceId}.log`
}

/** Keeps the record of a run, from its first moment: whatever ends it, what was done is known. */
export async function keepRun(files: Files, record: DeployRun): Promise<void> {
  await files.keep(`${folder}/${record.run}.json`, `${JSON.stringify(record, null, 2)}\n`)
}

/**
 * The record of the last deploy that fits. Throws PackageError: conflict where there is none, system for one that cannot be read.
 */
export function lastRun(files: Files, fits: (record: DeployRun) => boolean): DeployRun {
  let last: DeployRun | undefined
  for (const read of recordsOf(files)) {
    const record = read()
    if (last !== undefined && secondOf(record) !== secondOf(last)) break
    if (record.action !== action || !fits(record)) continue
    if (last === undefined || record.started_at > last.started_at) last = record
  }
  if (last !== undefined) return last
  throw new PackageError('conflict', 'NO_RUN', 'nothing was deployed from here yet', {
    hint: 'package instance:deploy; the record of a run stays on the machine that has made it, in .package/runs',
  })
}

/**
 * What --retry-failed reruns: the hosts whose last result, in whichever of the deploys that fit, is no good end. Throws PackageError as
 * lastRun does.
 */
export function unconverged(files: Files, fits: (record: DeployRun) => boolean): Set<string> {
  lastRun(files, fits)
  const done: HostStatus = 'converged'
  const statuses = new Map<string, HostStatus>()
  const newestFirst = recordsOf(files)
    .map((read) => read())
    .filter((record) => record.action === action && fits(record))
    .sort((a, b) => secondOf(b).localeCompare(secondOf(a)) || b.started_at - a.started_at)
  for (const { hosts } of newestFirst) {
    for (const { id, status } of hosts) if (!statuses.has(id)) statuses.set(id, status)
  }
  return new Set([...statuses].flatMap(([id, status]) => (status === done ? [] : [id])))
}

/** Reads them, those of the latest second first. */
function recordsOf(files: Files): (() => DeployRun)[] {
  return files
    .list(folder)
    .filter(({ name }) => name.endsWith('.json'))
    .toReversed()
    .map(
      ({ name }) =>
        () =>
          parsed(`${folder}/${name}`, files.read(`${folder}/${name}`) ?? ''),
    )
}

/** Runs are named by the second in which they began, and then at random. */
function secondOf({ run }: DeployRun): string {
  return run.slice(0, run.indexOf('-'))
}

function parsed(path: string, text: string): DeployRun {
  try {
    return JSON.parse(text) as DeployRun
  } catch (cause) {
    throw new PackageError('system', 'RUN_DAMAGED', `${path} cannot be read: ${String(cause)}`, {
      hint: `remove ${path}`,
      cause,
    })
  }
}
