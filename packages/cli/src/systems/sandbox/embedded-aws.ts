import { join } from 'node:path'

import { PackageError } from '@package/core/errors'
import type { Clock } from '@package/core/ports/clock'
import { requestHandler } from '@package/sandbox/doors/request-handler'
import { readFaultScript, type FaultScript } from '@package/sandbox/faults/fault-script'
import { folderHosts } from '@package/sandbox/hosts/folder/folder-hosts'
import { Sandbox, type SandboxOptions } from '@package/sandbox/sandbox'
import type { WantedImage } from '@package/sandbox/ec2/images/wanted-image'

import { liveServer } from './serve-file.ts'
import { serveWhile, type ServeWhile } from './serve-while.ts'

/** Where the machines of the sandbox answer SSH. */
export const sandboxSshPort = 2222

export interface EmbeddedAws {
  /** Where a sandbox that is served answers; missing for the one inside this process. */
  endpoint: string | undefined
  requestHandler: ReturnType<typeof requestHandler> | undefined
  clock: Clock
  /** Makes the machines of its instances answer SSH. */
  answerSsh: () => Promise<void>
  /** For programs that speak HTTP. */
  serveWhile: ServeWhile
  /** With `whenIdle`, once nobody else has a command left on the machines that answer here. */
  close: (how: { whenIdle: boolean }) => Promise<void>
}

/** Opens the project's sandbox: the one that is being served, else in this process. */
export async function embeddedAws(
  sandboxFolder: string,
  images: readonly WantedImage[],
  clock: Clock,
): Promise<EmbeddedAws> {
  const server = await liveServer(sandboxFolder)
  if (server) {
    const nothing = () => Promise.resolve()
    return {
      endpoint: server.url,
      requestHandler: undefined,
      clock,
      answerSsh: nothing,
      serveWhile: (work) => work(server.url),
      close: nothing,
    }
  }
  const sandbox = openSandbox(sandboxFolder, images)
  checkAccount(sandbox)
  await sandbox.calmClock()
  return {
    endpoint: undefined,
    requestHandler: requestHandler(sandbox),
    // Nothing else moves on while this process waits: so the wait itself is what passes.
    clock: {
      ...clock,
      now: () => sandbox.now(),
      sleep: (milliseconds) => sandbox.advanceTo(sandbox.now() + milliseconds),
    },
    answerSsh: () => sandbox.answerSsh(),
    serveWhile: serveWhile(sandbox),
    close: (how) => sandbox.close(how),
  }
}

export function openSandbox(
  folder: string,
  images: readonly WantedImage[],
  onCall?: SandboxOptions['onCall'],
): Sandbox {
  const faults = faultScript(process.env['PACKAGE_SANDBOX_FAULTS'])
  return new Sandbox({
    folder,
    hosts: folderHosts({ folder: join(folder, 'hosts') }),
    images,
    ...(faults && { faults }),
    ...(onCall && { onCall }),
  })
}

/** Throws PackageError (system) for an account that cannot be read. */
export function checkAccount(sandbox: Sandbox): void {
  try {
    sandbox.summary()
  } catch (cause) {
    throw new PackageError('system', 'SANDBOX_DAMAGED', `the sandbox cannot be read: ${String(cause)}`, {
      hint: 'package sandbox:reset starts anew; everything in it is lost then',
      cause,
    })
  }
}

function faultScript(path: string | undefined): FaultScript | undefined {
  if (path === undefined || path === '') return undefined
  try {
    return readFaultScript(path)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new PackageError('config', 'FAULT_SCRIPT', `PACKAGE_SANDBOX_FAULTS: ${path}: ${reason}`, {
      hint: 'what it may hold is in docs/sandbox.md; unset the variable for a run without faults',
      cause,
    })
  }
}
