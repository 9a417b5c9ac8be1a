import { posix } from 'node:path'

import { parse } from 'just-bash'

import type { Machine } from '../../../hosts.ts'
import type { Disk } from '../../disk/disk.ts'
import { loginIdentity } from '../../login.ts'
import { runScript } from '../../shell/run-script.ts'

/** What one `scp` asks of the other, which it starts through the shell: to take files (`-t`) or to give them (`-f`). */
export interface ScpCommand {
  direction: 'take' | 'give'
  isRecursive: boolean
  keepsTimes: boolean
  wantsFolder: boolean
  /** On the machine, absolute. */
  paths: readonly string[]
}

/** The wish of a command line that is the other end of an scp; undefined for every other one. */
export async function scpCommand(
  command: string,
  disk: Disk,
  machine: Machine,
  signal: AbortSignal,
): Promise<ScpCommand | undefined> {
  if (!isOneScp(command)) return undefined
  const words = await expand(command, disk, machine, signal)
  const flags = words.filter((word) => /^-[a-zA-Z]+$/.test(word)).join('')
  const operands = words.filter((word) => !/^-[a-zA-Z]+$/.test(word) && word !== '--')
  if (!/[tf]/.test(flags)) return undefined
  const { home } = loginIdentity(machine)
  return {
    direction: flags.includes('t') ? 'take' : 'give',
    isRecursive: flags.includes('r'),
    keepsTimes: flags.includes('p'),
    wantsFolder: flags.includes('d'),
    paths: operands.map((path) => posix.resolve(home, path)),
  }
}

function isOneScp(command: string): boolean {
  if (!/^scp\s/.test(command)) return false
  try {
    const [statement, ...more] = parse(command).statements
    return (
      more.length === 0 && statement?.pipelines.length === 1 && statement.pipelines[0]?.commands.length === 1
    )
  } catch {
    return false
  }
}

/** Home folders, quotes and patterns in the paths mean what they mean to the machine's shell. */
async function expand(command: string, disk: Disk, machine: Machine, signal: AbortSignal): Promise<string[]> {
  const identity = loginIdentity(machine)
  const chunks: Buffer[] = []
  await runScript(disk, machine, {
    script: command.replace(/^scp/, String.raw`printf '%s\0'`),
    identity,
    env: {},
    cwd: identity.home,
    stdin: Buffer.alloc(0),
    signal,
    write: async (stream, data) => void (stream === 'stdout' && chunks.push(data)),
  })
  return Buffer.concat(chunks).toString().split('\0').slice(0, -1)
}
