import { AsyncResource } from 'node:async_hooks'

import { stdoutKind, type BashExecResult } from 'just-bash'

import type { Machine } from '../../hosts.ts'
import type { Disk } from '../disk/disk.ts'
import type { Identity } from '../login.ts'
import type { Device } from './device.ts'
import { Devices, outputDevice, sink, statusDevice } from './devices.ts'
import { MachineFiles } from './machine-files.ts'
import { processesOf } from './processes.ts'
import { Shells } from './shells.ts'
import { attached } from './streams.ts'
import { tellEnd } from './tell-end.ts'

export interface ScriptRun {
  script: string
  identity: Identity
  /** Beside what a login sets. */
  env: Readonly<Record<string, string>>
  cwd: string
  stdin: Buffer
  /** Aborting it ends the script. */
  signal: AbortSignal
  /** In milliseconds; an hour without it. */
  longest?: number
  /** In the place of real waiting. */
  sleep?: (milliseconds: number) => Promise<void>
  /** Takes output as it comes. The script goes on when this is done. */
  write(stream: 'stdout' | 'stderr', data: Buffer): Promise<void>
}

export interface ScriptEnd {
  exitCode: number
  /** False when the script left its shell before its last line, as `exit` does. */
  cameToItsEnd: boolean
  /** When it could not be run, or not to its end: a syntax error, a limit. */
  isBroken: boolean
  env: Record<string, string>
}

/**
 * Runs a script of bash on a machine, in this process: nothing is spawned, and no file outside of the disk and no
 * network is within its reach. Never fails: what goes wrong is an exit code and a text on stderr, as in any shell.
 */
export async function runScript(disk: Disk, machine: Machine, run: ScriptRun): Promise<ScriptEnd> {
  let status: number | undefined
  // just-bash forbids much to code that runs for a script; the SSH connection is not part of that.
  const write = AsyncResource.bind(async (stream: 'stdout' | 'stderr', data: Buffer) =>
    run.write(stream, data),
  )
  const devices = new Map<string, Device>([
    ['/dev/stdin', { read: () => run.stdin, write: async () => {} }],
    [outputDevice.stdout, sink(async (data) => write('stdout', data))],
    [outputDevice.stderr, sink(async (data) => write('stderr', data))],
    [statusDevice, sink(async (data) => void (status = Number(data.toString())))],
  ])
  const { sleep } = run
  const processes = processesOf(disk.root, machine.bootedAt)
  const shells = new Shells(machine, processes, {
    ...run,
    ...(sleep && { sleep: AsyncResource.bind(sleep) }),
  })
  const files = new MachineFiles(disk.root, new Devices(devices, processes), shells.programs)
  const { bash, end } = shells.open(files, run.identity, run.env)
  bash.registerTransformPlugin(tellEnd())
  const result = await bash
    .exec(attached(outputDevice) + run.script, {
      rawScript: true,
      cwd: (await isFolder(files, run.cwd)) ? run.cwd : '/',
      stdin: run.stdin.toString('latin1'),
      stdinKind: 'bytes',
      signal: run.signal,
    })
    .finally(end)
  await writeRest(run, result)
  const cameToItsEnd = status !== undefined
  return {
    exitCode: status ?? result.exitCode,
    cameToItsEnd,
    isBroken: result.stderr !== '',
    env: result.env,
  }
}

/** What no command has said, such as a syntax error. */
async function writeRest(run: ScriptRun, result: BashExecResult): Promise<void> {
  const out = Buffer.from(result.stdout, stdoutKind(result) === 'bytes' ? 'latin1' : 'utf8')
  if (out.length > 0) await run.write('stdout', out)
  if (result.stderr !== '' && !run.signal.aborted) await run.write('stderr', Buffer.from(result.stderr))
}

async function isFolder(files: MachineFiles, path: string): Promise<boolean> {
  return files.stat(path).then(
    (stat) => stat.isDirectory,
    () => false,
  )
}
