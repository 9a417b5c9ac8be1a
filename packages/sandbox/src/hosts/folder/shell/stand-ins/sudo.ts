import { latin1FromBytes, type ExecResult, type ResolvedCommandContext } from 'just-bash'

import { rootIdentity } from '../../login.ts'
import { attached, outputPathsOf, quoted } from '../streams.ts'
import { fail, succeed, type StandIn, type StandInHost } from './stand-in.ts'

const withValue = new Set(['-u', '--user', '-g', '--group', '-p', '--prompt', '-C', '-h', '-r', '-t', '-T'])
const kept = ['TERM', 'LANG']

interface Wish {
  user: string
  keepsEnvironment: boolean
  assignments: Record<string, string>
  words: readonly string[]
}

/** Runs the rest of its line as another user, who is root without `-u`. Nobody is asked for a password. */
export const sudo: StandIn = async (args, context, host) => {
  const wish = parseSudo(args)
  if (wish.words.length === 0) {
    const wantsNone = args.some((arg) => ['-v', '-k', '-K', '-l', '-V'].includes(arg))
    return wantsNone ? succeed() : fail('sudo: this stand-in starts no second interactive shell\n')
  }
  return runAs(wish, context, host, 'sudo')
}

/** `su - deploy -c 'command'`, in any order. */
export const su: StandIn = async (args, context, host) => {
  const at = args.findIndex((arg) => arg === '-c' || arg === '--command')
  const command = at === -1 ? undefined : args[at + 1]
  if (command === undefined) return fail('su: this stand-in starts no second interactive shell\n')
  const user = args.find((arg, index) => index !== at && index !== at + 1 && !arg.startsWith('-'))
  const wish = { user: user ?? 'root', keepsEnvironment: false, assignments: {} }
  return runAs({ ...wish, words: ['bash', '-c', command] }, context, host, 'su')
}

function parseSudo(args: readonly string[]): Wish {
  const wish: Wish = { user: 'root', keepsEnvironment: false, assignments: {}, words: [] }
  let index = 0
  for (; index < args.length; index += 1) {
    const arg = args[index] ?? ''
    const assignment = /^([A-Za-z_]\w*)=(.*)$/s.exec(arg)
    if (arg === '--') {
      index += 1
      break
    } else if (assignment) {
      wish.assignments[assignment[1] ?? ''] = assignment[2] ?? ''
    } else if (!arg.startsWith('-')) {
      break
    } else if (arg.startsWith('--user=')) {
      wish.user = arg.slice('--user='.length)
    } else if (withValue.has(arg)) {
      index += 1
      if (arg === '-u' || arg === '--user') wish.user = args[index] ?? ''
    } else if (/^(-[a-zA-Z]*E|--preserve-env)/.test(arg)) {
      wish.keepsEnvironment = true
    }
  }
  return { ...wish, words: args.slice(index) }
}

async function runAs(
  wish: Wish,
  context: ResolvedCommandContext,
  host: StandInHost,
  program: string,
): Promise<ExecResult> {
  const identity = [rootIdentity, host.login].find(({ name }) => name === wish.user)
  if (!identity) return fail(`${program}: unknown user ${wish.user}\n`)
  const shell = host.shellOf(identity, environment(wish, context))
  if (!shell) return fail(`${program}: too many shells have started one another\n`)
  const command = wish.words.map(quoted).join(' ')
  const running = shell.bash.exec(attached(outputPathsOf(context)) + command, {
    rawScript: true,
    cwd: context.cwd,
    stdin: latin1FromBytes(context.stdin),
    stdinKind: 'bytes',
    ...(context.signal && { signal: context.signal }),
  })
  const { env: _, ...result } = await running.finally(() => shell.end())
  return result
}

function environment(wish: Wish, { exportedEnv = {} }: ResolvedCommandContext): Record<string, string> {
  const names = wish.keepsEnvironment ? Object.keys(exportedEnv) : kept.filter((name) => name in exportedEnv)
  const inherited = names.map((name) => [name, exportedEnv[name] ?? ''])
  return { ...Object.fromEntries(inherited), ...wish.assignments }
}
