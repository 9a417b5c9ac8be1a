import { deployScript } from '@package/templates/deploy'

import { PackageError } from '../errors.ts'
import type { Bundle } from '../ports/bundles.ts'
import type { Instance } from '../ports/cloud/instances.ts'
import type { ScriptEnd } from '../ports/shell.ts'
import { failedEnd, reasonOf } from './failure-reason.ts'
import type { HostResult } from './host-result.ts'
import { cutOffAt, listenToHost, type HostSaid } from './host-said.ts'
import type { HostWay } from './host-way.ts'
import type { whatToConverge } from './what-to-converge.ts'

/** What is done on a host. */
export interface HostWork {
  way: HostWay
  instance: Instance
  bundle: Bundle
  script: ReturnType<typeof whatToConverge>
  /** Takes what is said on it. */
  log: (line: string) => void
}

export type HostEnd = Pick<HostResult, 'status' | 'reason' | 'code' | 'bundle'>

/** Sends the bundle where the node has another one, and converges it. Never throws for what only this host is up to. */
export async function deployHost(work: HostWork): Promise<HostEnd> {
  try {
    await work.way.prepare(work.instance)
    const first = await attempt(work, undefined)
    if (!first.said.wantsBundle) return endOf(first, 'present')
    return endOf(await attempt(work, work.bundle.archive), 'sent')
  } catch (error) {
    if (!(error instanceof PackageError)) throw error
    work.log(error.message)
    if (error.kind === 'cancelled') return { status: 'stopped', reason: error.message }
    return { status: 'unreachable', code: error.code, reason: reasonOf(error) }
  }
}

async function attempt(
  { way, instance, bundle, script, log }: HostWork,
  archive: Uint8Array | undefined,
): Promise<{ end: ScriptEnd; said: HostSaid }> {
  const { said, onLine } = listenToHost(script.run, log)
  const text = deployScript({ ...script, digest: bundle.digest, brings: archive !== undefined })
  const end = await way.run(instance, { script: text, archive, onLine, onOwnLine: log })
  return { end, said }
}

function endOf({ end, said }: { end: ScriptEnd; said: HostSaid }, bundle: 'sent' | 'present'): HostEnd {
  const where = cutOffAt(said)
  if (end.ended === 'exit' && end.code === 0) return { status: 'converged', bundle }
  if (end.ended === 'exit') return failedEnd(said, end.code)
  if (end.ended === 'timeout') return { status: 'timed out', reason: `cut off ${where}` }
  if (end.ended === 'stopped') return { status: 'stopped', reason: `ended ${where}` }
  if (!said.hasBegun && !end.wasThere) return { status: 'unreachable', reason: end.reason }
  return { status: 'lost', reason: `the connection was lost ${where}: ${end.reason}` }
}
