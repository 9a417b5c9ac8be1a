import { posix } from 'node:path'

import { fail, runHere, type StandIn } from './stand-in.ts'

/**
 * Runs a file of the machine as its first line says, the way a kernel does: just-bash would take any for a script of
 * bash, and pass over the options there.
 */
export const runFile: StandIn = async ([path = '', ...args], context) => {
  const { fs, cwd } = context
  const full = fs.resolvePath(cwd, path)
  const stat = await fs.stat(full).catch(() => undefined)
  if (!stat) return fail(`bash: ${path}: No such file or directory\n`, 127)
  if (stat.isDirectory) return fail(`bash: ${path}: Is a directory\n`, 126)
  if ((stat.mode & 0o111) === 0) return fail(`bash: ${path}: Permission denied\n`, 126)
  const [firstLine = ''] = (await fs.readFile(full)).split('\n', 1)
  const [, interpreter, option] = /^#!\s*(\S+)\s*(.*?)\s*$/.exec(firstLine) ?? []
  if (interpreter === undefined) return runHere(['bash', path, ...args], context)
  const words = [interpreter, ...(option ?? '').replace(/^-S\s+/, '').split(/\s+/)].filter(Boolean)
  const program = posix.basename(words[0] ?? '') === 'env' ? words[1] : words[0]
  if (!context.getRegisteredCommands?.().includes(posix.basename(program ?? ''))) {
    return fail(`bash: ${path}: ${interpreter}: bad interpreter: this stand-in has none\n`, 126)
  }
  return runHere([...words, path, ...args], context)
}
