import { deployMarks, deployScript, type DeployInput } from '@package/templates/deploy'

import { PackageError } from '../errors.ts'
import type { Bundle } from '../ports/bundles.ts'
import type { Instance } from '../ports/cloud/instances.ts'
import type { ScriptEnd } from '../ports/shell.ts'
import { failureReason } from './failure-reason.ts'
import type { HostResult } from './host-result.ts'
import type { HostWay } from './host-way.ts'

/** What is done on a host. */
export interface HostWork {
  way: HostWay
  instance: Instance
  bundle: Bundle
  script: Omit<DeployInput, 'brings' | 'digest'>
  /** Takes what is said on it. */
  log: (line: string) => void
}

export type HostEnd = Pick<HostResult, 'status' | 'reason' | 'code' | 'bundle'>

/** Lines that are kept for the reason of a failure. */
const mostKept = 200

/** What a script has said, besides to the log. */
interface Said {
  hasBegun: boolean
  wantsBundle: boolean
  step: string
  lines: string[]
}

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
    const { code, message, hint } = error
    return { status: 'unreachable', code, reason: hint === undefined ? message : `${message}; ${hint}` }
  }
}

async function attempt(
  { way, instance, bundle, script, log }: HostWork,
  archive: Uint8Array | undefined,
): Promise<{ end: ScriptEnd; said: Said }> {
  const said: Said = { hasBegun: false, wantsBundle: false, step: '', lines: [] }
  const mark = `package:${script.run} `
  const onLine = (line: string) => {
    if (line.startsWith(mark)) takeMark(said, line.slice(mark.length), log)
    else {
      log(line)
      said.lines.push(line)
      if (said.lines.length > mostKept) said.lines.shift()
    }
  }
  const text = deployScript({ ...script, digest: bundle.digest, brings: archive !== undefined })
  const end = await way.run(instance, { script: text, archive, onLine })
  return { end, said }
}

function takeMark(said: Said, mark: string, log: (line: string) => void): void {
  if (mark === deployMarks.begun) said.hasBegun = true
  else if (mark === deployMarks.wantsBundle) said.wantsBundle = true
  else if (mark.startsWith(deployMarks.step)) {
    said.step = mark.slice(deployMarks.step.length)
    log(`package: ${said.step}`)
  }
}

function endOf({ end, said }: { end: ScriptEnd; said: Said }, bundle: 'sent' | 'present'): HostEnd {
  const during = said.step === '' ? 'the first words' : said.step
  if (end.ended === 'exit' && end.code === 0) return { status: 'converged', bundle }
  if (end.ended === 'exit') {
    return { status: 'failed', reason: failureReason(said.step, end.code, said.lines) }
  }
  if (end.ended === 'timeout') return { status: 'timed out', reason: `cut off at: ${during}` }
  if (end.ended === 'stopped') return { status: 'stopped', reason: `ended at: ${during}` }
  if (!said.hasBegun && !end.wasThere) return { status: 'unreachable', reason: end.reason }
  return { status: 'lost', reason: `the connection was lost at: ${during}: ${end.reason}` }
}
