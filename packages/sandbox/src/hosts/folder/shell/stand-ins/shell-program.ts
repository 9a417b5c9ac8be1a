import {
  decodeBytesToUtf8,
  latin1FromBytes,
  type ByteString,
  type ExecResult,
  type ResolvedCommandContext,
} from 'just-bash'

import { fail, runChild, type StandIn } from './stand-in.ts'

interface ShellCall {
  /** Given to `set` before anything else. */
  settings: string
  /** `-c`: the first operand is the script. */
  isCommand: boolean
  /** `-s`, or no operand: the script comes on stdin. */
  readsStdin: boolean
  operands: readonly string[]
}

/** bash and sh with the options that scripts are run with, of which just-bash knows only `-c`. */
export function shellProgram(name: string): StandIn {
  return async (args, context) => {
    const call = parseCall(args)
    const [first, ...rest] = call.operands
    if (call.isCommand) {
      const [zero = name, ...parameters] = rest
      return first === undefined
        ? fail(`${name}: -c: option requires an argument\n`, 2)
        : runText(call.settings + first, [zero, ...parameters], context, context.stdin)
    }
    if (call.readsStdin || first === undefined) {
      const text = decodeBytesToUtf8(context.stdin)
      return runText(call.settings + text, [name, ...call.operands], context, undefined)
    }
    const text = await context.fs.readFile(context.fs.resolvePath(context.cwd, first)).catch(() => undefined)
    if (text === undefined) return fail(`${name}: ${first}: No such file or directory\n`, 127)
    if (text.includes('\0')) return fail(`${name}: ${first}: cannot execute binary file\n`, 126)
    return runText(call.settings + text, call.operands, context, context.stdin)
  }
}

function parseCall(args: readonly string[]): ShellCall {
  let settings = ''
  let letters = ''
  let index = 0
  for (; index < args.length; index += 1) {
    const arg = args[index] ?? ''
    if (arg === '--' || arg === '-') {
      index += 1
      break
    }
    if (!/^[-+]/.test(arg)) break
    if (arg.startsWith('--')) continue
    if (arg.startsWith('-')) letters += arg.slice(1)
    if (/^-[a-zA-Z]*o$/.test(arg)) settings += `set -o ${args[(index += 1)] ?? ''}; `
  }
  const known = letters.replaceAll(/[^efuvx]/g, '')
  return {
    settings: settings + (known === '' ? '' : `set -${known}; `),
    isCommand: letters.includes('c'),
    readsStdin: letters.includes('s'),
    operands: args.slice(index),
  }
}

async function runText(
  text: string,
  parameters: readonly string[],
  context: ResolvedCommandContext,
  stdin: ByteString | undefined,
): Promise<ExecResult> {
  const all = parameters.slice(1).join(' ')
  const numbered = Object.fromEntries(parameters.map((value, index) => [String(index), value]))
  const special = { '#': String(parameters.length - 1), '@': all, '*': all }
  return runChild(text, context, { ...numbered, ...special }, stdin ? latin1FromBytes(stdin) : '')
}
