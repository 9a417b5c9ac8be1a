import type { Machine } from '../../hosts.ts'
import type { Disk } from '../disk/disk.ts'
import { hostName, loginIdentity } from '../login.ts'
import { isIncomplete } from '../shell/is-incomplete.ts'
import { runScript } from '../shell/run-script.ts'
import type { ChannelOutput } from './channel-output.ts'
import type { TerminalInput } from './terminal-input.ts'

/** Set by the shell itself, for every line anew. */
const ownVariables = new Set(['?', 'SHELLOPTS', 'BASHOPTS', 'OPTIND'])

const interrupted = 130

export interface Terminal {
  disk: Disk
  machine: Machine
  input: TerminalInput
  output: ChannelOutput
  /** Aborted when nobody is at the terminal any more. */
  signal: AbortSignal
}

/**
 * A shell for somebody at a terminal: each line is a script of its own, which finds the working directory, variables and
 * aliases that the last one left. Gives the exit code of the session.
 */
export async function interactiveShell(
  { disk, machine, input, output, signal }: Terminal,
  env: Readonly<Record<string, string>>,
): Promise<number> {
  const identity = loginIdentity(machine)
  await output.write('stdout', greeting(machine))
  let state = { env: { ...env } as Record<string, string>, cwd: identity.home, status: 0 }
  for (;;) {
    const script = await nextScript(
      input,
      output,
      `${promptName(machine)}:${shortPath(state.cwd, identity.home)}`,
    )
    if (script === undefined) return state.status
    if (script.trim() === '') continue
    const abort = new AbortController()
    input.onInterrupt = () => abort.abort()
    const end = await runScript(disk, machine, {
      script: `(exit ${state.status})\n${script}`,
      identity,
      env: state.env,
      cwd: state.cwd,
      stdin: Buffer.alloc(0),
      signal: AbortSignal.any([abort.signal, signal]),
      write: (stream, data) => output.write(stream, data),
    })
    const status = abort.signal.aborted ? interrupted : end.exitCode
    if (!end.cameToItsEnd && !end.isBroken && !abort.signal.aborted) return status
    state.status = status
    if (!end.cameToItsEnd) continue
    const kept = Object.entries(end.env).filter(([name]) => !ownVariables.has(name))
    state = { env: Object.fromEntries(kept), cwd: end.env['PWD'] ?? state.cwd, status }
  }
}

/** One line, and those that it needs to be whole; undefined at the end of the input. */
async function nextScript(
  input: TerminalInput,
  output: ChannelOutput,
  prompt: string,
): Promise<string | undefined> {
  let script = ''
  let isInterrupted = false
  const show = (text: string) => output.write('stdout', text)
  input.onInterrupt = () => {
    isInterrupted = script !== ''
    void show(isInterrupted ? '' : `${prompt}$ `)
  }
  await show(`${prompt}$ `)
  for (;;) {
    const line = await input.nextLine()
    if (line === undefined) {
      await show('exit\n')
      return undefined
    }
    script = isInterrupted ? line : script + line
    isInterrupted = false
    if (!isIncomplete(script)) return script
    script += '\n'
    await show('> ')
  }
}

function greeting({ instanceId, imageId }: Machine): string {
  return [
    `${instanceId}, launched from ${imageId}: a stand-in of the sandbox, not a machine.`,
    'Commands are interpreted, never run: files, text and scripts work as usual; programs, services and the network',
    'are not there. A command at this prompt has no standard input.',
    '',
    '',
  ].join('\n')
}

function promptName(machine: Machine): string {
  return `${machine.user}@${hostName(machine)}`
}

function shortPath(path: string, home: string): string {
  return path === home || path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path
}
