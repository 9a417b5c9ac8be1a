import { randomBytes } from 'node:crypto'

import { fail, succeed, type StandIn } from './stand-in.ts'

/** `mktemp [-d] [-u] [-t] [-p folder] [--suffix=…] [template]` */
export const mktemp: StandIn = async (args, { fs, cwd, env }) => {
  const { flags, folder, template, suffix } = parseMktemp(args)
  if (!/X{3,}/.test(template)) return fail(`mktemp: too few X's in template ‘${template}’\n`)
  const name = template.replace(/X{3,}(?!.*X{3})/, (run) => randomName(run.length)) + suffix
  const parent =
    folder ?? (args.length === 0 || flags.includes('t') || !hasTemplate(args) ? temporary(env) : cwd)
  const path = fs.resolvePath(parent, name)
  if (!flags.includes('u')) {
    if (flags.includes('d')) await fs.mkdir(path)
    else await fs.writeFile(path, '')
    await fs.chmod(path, flags.includes('d') ? 0o700 : 0o600)
  }
  return succeed(`${path}\n`)
}

function parseMktemp(args: readonly string[]) {
  let [flags, suffix, template] = ['', '', 'tmp.XXXXXXXXXX']
  let folder: string | undefined
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? ''
    if (arg === '-p') folder = args[(index += 1)]
    else if (arg.startsWith('--tmpdir')) folder = arg.split('=')[1] ?? '/tmp'
    else if (arg.startsWith('--suffix=')) suffix = arg.slice('--suffix='.length)
    else if (arg === '--directory') flags += 'd'
    else if (arg.startsWith('-')) flags += arg.slice(1)
    else template = arg
  }
  return { flags, folder, template, suffix }
}

function hasTemplate(args: readonly string[]): boolean {
  return args.some((arg) => arg.includes('XXX'))
}

function temporary(env: ReadonlyMap<string, string>): string {
  return env.get('TMPDIR') ?? '/tmp'
}

function randomName(length: number): string {
  return randomBytes(length).toString('hex').slice(0, length)
}

/** chown, chgrp: a disk here has no owners, but a file that does not exist is still an error. */
export function changeOwner(name: string): StandIn {
  return async (args, { fs, cwd }) => {
    const [, ...paths] = args.filter((arg) => !arg.startsWith('-'))
    for (const path of paths) {
      if (await fs.exists(fs.resolvePath(cwd, path))) continue
      return fail(`${name}: cannot access '${path}': No such file or directory\n`)
    }
    return succeed()
  }
}

/** A link could lead out of the machine's folder, so that there are none; other names of a file are made as usual. */
export const ln: StandIn = async (args, { origCommand }) => {
  const isSymbolic = args.some((arg) => /^-[a-zA-Z]*s/.test(arg) || arg === '--symbolic')
  if (isSymbolic) return fail('ln: this stand-in of the sandbox keeps no symbolic links\n')
  return origCommand?.([...args]) ?? fail('ln: cannot link\n')
}

export const realpath: StandIn = async (args, { fs, cwd }) => {
  const paths = args.filter((arg) => !arg.startsWith('-'))
  const resolved = paths.map((path) => fs.resolvePath(cwd, path))
  const needsAll = args.includes('-e')
  for (const path of resolved) {
    if (needsAll && !(await fs.exists(path))) return fail(`realpath: ${path}: No such file or directory\n`)
  }
  return succeed(resolved.map((path) => `${path}\n`).join(''))
}

/** `truncate -s 0 file…`: the one size that scripts ask for, which empties a file. */
export const truncate: StandIn = async (args, { fs, cwd }) => {
  const [size, ...paths] = args
    .filter((arg) => arg !== '-s' && arg !== '-c')
    .map((arg) => arg.replace(/^-s(?=\d)|^--size=/, ''))
  if (size !== '0') return fail('truncate: this stand-in knows only -s 0\n')
  for (const path of paths) {
    const full = fs.resolvePath(cwd, path)
    if (!args.includes('-c') || (await fs.exists(full))) await fs.writeFile(full, '')
  }
  return succeed()
}
