import { firstBoot } from '@package/templates/at-work'

import { PackageError } from '../errors.ts'
import type { HostResult } from './host-result.ts'
import type { HostSaid } from './host-said.ts'

/** How Chef says why it ends (`[2026-11-21T13:00:00+00:00] FATAL: …`), and where it says more. */
const fatal = /\bFATAL: (.*)$/
const elsewhere = /^(Stacktrace dumped|Please provide the contents)/

/** Of the server within chef-solo, whose status alone says nothing of what is missing. */
const answer = /^Net::HTTPClientException: 412 /

/** Why a host failed, in one line: Chef's own last word, else the last line that was said. */
export function failureReason(step: string, code: number, lines: readonly string[]): string {
  const what = `${step === '' ? 'the script' : step} failed with exit code ${String(code)}`
  const fatals = lines.flatMap((line) => fatal.exec(line)?.[1] ?? [])
  const word =
    fatals.findLast((text) => !elsewhere.test(text)) ?? lines.findLast((line) => line.trim() !== '')?.trim()
  const found = word !== undefined && answer.test(word) ? reported(lines) : undefined
  return [what, word, found].filter((part) => part !== undefined).join(': ')
}

/** What Chef's report of cookbooks that cannot be had says of them, in a line. */
function reported(lines: readonly string[]): string | undefined {
  const texts = lines.map((line) => line.trim())
  const heading = texts.lastIndexOf('Missing Cookbooks:')
  if (heading === -1) return undefined
  const section = texts.slice(heading + 2)
  const end = section.indexOf('')
  return section.slice(0, end === -1 ? undefined : end).join(' ')
}

/** Of what a way to a host throws. */
export function reasonOf({ message, hint }: PackageError): string {
  return hint === undefined ? message : `${message}; ${hint}`
}

/** What became of a host whose script has ended with another code than 0. */
export function failedEnd(
  { busyWith, step, lines }: HostSaid,
  code: number,
): Pick<HostResult, 'status' | 'reason' | 'code'> {
  if (busyWith === undefined) return { status: 'failed', reason: failureReason(step, code, lines) }
  const { process, run } = busyWith
  const who =
    run === firstBoot.as
      ? `it is still converging its first time (process ${process} there)`
      : `another deploy is at work on it (${run}, process ${process} there)`
  const error = new PackageError('conflict', 'HOST_BUSY', `${who}: nothing was changed`, {
    hint: 'once that is done: package instance:deploy --retry-failed',
  })
  return { status: 'failed', code: error.code, reason: reasonOf(error) }
}
