import { ChefFailure } from './chef-failure.ts'

export interface CommandLine {
  config: string
  dna: string | undefined
  asksVersion: boolean
}

const withValue = new Set([
  '-l',
  '--log_level',
  '--log-level',
  '-L',
  '--logfile',
  '-F',
  '--format',
  '-E',
  '--environment',
])
const withoutValue = new Set([
  '-W',
  '--why-run',
  '--no-color',
  '--color',
  '--no-fork',
  '--force-formatter',
  '--once',
])

/** Throws ChefFailure for an option that it does not know: it may have been one that matters. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const line: CommandLine = { config: '/etc/chef/solo.rb', dna: undefined, asksVersion: false }
  const words = args.flatMap((arg) => (/^--[^=]+=/.test(arg) ? splitAtEquals(arg) : [arg]))
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? ''
    if (word === '-v' || word === '--version') line.asksVersion = true
    else if (word === '-c' || word === '--config') line.config = words[(index += 1)] ?? line.config
    else if (word === '-j' || word === '--json-attributes') line.dna = words[(index += 1)]
    else if (withValue.has(word)) index += 1
    else if (!withoutValue.has(word)) {
      throw new ChefFailure(`this stand-in of the sandbox does not know ${word}`)
    }
  }
  return line
}

function splitAtEquals(arg: string): string[] {
  const at = arg.indexOf('=')
  return [arg.slice(0, at), arg.slice(at + 1)]
}
