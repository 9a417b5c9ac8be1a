import type { Session } from 'ssh2'

import type { Machine } from '../../hosts.ts'
import type { Disk } from '../disk/disk.ts'
import { loginIdentity } from '../login.ts'
import { ChannelOutput } from './channel-output.ts'
import type * as commands from './run-command.ts'
import { serveSftp } from './sftp/serve-sftp.ts'
import type { WorkAtHand } from './work-at-hand.ts'

/** What belongs to the login, whatever a client asks for. */
const fixedVariables = new Set([
  'HOME',
  'USER',
  'LOGNAME',
  'SHELL',
  'PATH',
  'PWD',
  'IFS',
  'HOSTNAME',
  'BASH_ENV',
  'ENV',
])

const mostVariables = 100

/** What went wrong was in this program, not in the command. */
const internalFailure = 255

/**
 * Answers one session of a client that has logged in: a command, a shell, or SFTP, with or without a terminal. Nothing
 * is forwarded: ssh2 refuses whatever nobody listens for.
 */
export function serveSession(
  session: Session,
  machine: Machine,
  disk: Disk,
  connection: AbortSignal,
  work: WorkAtHand,
): void {
  const env: Record<string, string> = {}
  const abort = new AbortController()
  const signal = AbortSignal.any([abort.signal, connection])
  let isTerminal = false
  // A session that nothing is done in yet is about to do something.
  const end = work.begin()
  session.on('close', end)
  connection.addEventListener('abort', end)

  const start = (
    accept: () => commands.CommandSession['channel'],
    run: (loaded: typeof commands, own: commands.CommandSession) => Promise<number>,
  ) => {
    const channel = accept()
    const output = new ChannelOutput(channel, signal, isTerminal)
    channel.on('close', () => abort.abort())
    channel.on('error', () => abort.abort())
    // Loaded by the first command: the shell is most of what this program weighs.
    import('./run-command.ts')
      .then((loaded) => run(loaded, { disk, machine, channel, output, env, isTerminal, abort, signal }))
      .catch(async (error: unknown) => {
        await output.write('stderr', `sandbox: ${error instanceof Error ? error.message : String(error)}\n`)
        return internalFailure
      })
      .then((exitCode) => output.finish(exitCode))
      .catch(() => abort.abort())
  }

  session.on('pty', (accept, _reject, info: { term?: string }) => {
    isTerminal = true
    end()
    env['TERM'] = info.term ?? 'dumb'
    agree(accept)
  })
  session.on('window-change', agree)
  session.on('env', (accept, _reject, { key, val }) => {
    const isAllowed = /^[A-Za-z_]\w*$/.test(key) && !fixedVariables.has(key)
    if (isAllowed && Object.keys(env).length < mostVariables) env[key] = val
    agree(accept)
  })
  session.on('signal', (accept) => {
    abort.abort()
    agree(accept)
  })
  session.on('exec', (accept, _reject, { command }) =>
    start(accept, (loaded, own) => loaded.runCommand(own, command)),
  )
  session.on('shell', (accept) => start(accept, (loaded, own) => loaded.runShell(own)))
  session.on('sftp', (accept) => serveSftp(accept(), disk, loginIdentity(machine), signal))
}

/** A client that wants no answer gives no way to answer. */
function agree(accept: (() => void) | undefined): void {
  accept?.()
}
