import { readFile } from 'node:fs/promises'
import { posix } from 'node:path'

import type { ServerChannel } from 'ssh2'

import type { Machine } from '../../hosts.ts'
import type { Disk } from '../disk/disk.ts'
import { loginIdentity } from '../login.ts'
import { readsStdin } from '../shell/reads-stdin.ts'
import { runScript } from '../shell/run-script.ts'
import { ChannelInput } from './channel-input.ts'
import type { ChannelOutput } from './channel-output.ts'
import { interactiveShell } from './interactive-shell.ts'
import { giveFiles } from './scp/give-files.ts'
import { scpCommand } from './scp/scp-command.ts'
import { takeFiles } from './scp/take-files.ts'
import { TerminalInput } from './terminal-input.ts'

export interface CommandSession {
  disk: Disk
  machine: Machine
  channel: ServerChannel
  output: ChannelOutput
  env: Readonly<Record<string, string>>
  isTerminal: boolean
  abort: AbortController
  /** Of `abort`, and of a client that is gone. */
  signal: AbortSignal
}

/** Carries out the command that a client gave to ssh; gives its exit code. */
export async function runCommand(session: CommandSession, command: string): Promise<number> {
  const { disk, machine, output, signal } = session
  const copy = await scpCommand(command, disk, machine, signal)
  if (copy) {
    const transfer = copy.direction === 'take' ? takeFiles : giveFiles
    return transfer(disk, copy, new ChannelInput(session.channel), output)
  }
  const input = session.isTerminal ? terminalInput(session) : new ChannelInput(session.channel)
  const wantsInput = await readsStdin(command, (path) => readScript(session, path))
  return run(session, command, wantsInput ? await input.readAll() : Buffer.alloc(0))
}

/** A shell without a command: for somebody at a terminal, or with its script as input. Gives its exit code. */
export async function runShell(session: CommandSession): Promise<number> {
  const { disk, machine, output, env, signal } = session
  if (session.isTerminal) {
    return interactiveShell({ disk, machine, input: terminalInput(session), output, signal }, env)
  }
  const script = await new ChannelInput(session.channel).readAll()
  return run(session, script.toString(), Buffer.alloc(0))
}

function terminalInput({ channel, output, abort }: CommandSession): TerminalInput {
  const input = new TerminalInput(channel, output)
  input.onInterrupt = () => abort.abort()
  return input
}

async function run(session: CommandSession, script: string, stdin: Buffer): Promise<number> {
  const { disk, machine, output, env, signal } = session
  const identity = loginIdentity(machine)
  const { exitCode } = await runScript(disk, machine, {
    script,
    identity,
    env,
    cwd: identity.home,
    stdin,
    signal,
    write: (stream, data) => output.write(stream, data),
  })
  return exitCode
}

async function readScript({ disk, machine }: CommandSession, path: string): Promise<string | undefined> {
  const { home } = loginIdentity(machine)
  try {
    return await readFile(disk.locate(posix.resolve(home, path.replace(/^~(?=\/|$)/, home))), 'utf8')
  } catch {
    return undefined
  }
}
