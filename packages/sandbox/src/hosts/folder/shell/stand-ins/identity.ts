import { hostName } from '../../login.ts'
import { fail, succeed, type StandIn, type StandInHost } from './stand-in.ts'

export const whoami: StandIn = (_args, _context, { identity }) => succeed(`${identity.name}\n`)

export const hostname: StandIn = (args, _context, { machine }) => {
  if (args.includes('-f') || args.includes('--fqdn')) return succeed(`${machine.privateDnsName}\n`)
  if (args.some((arg) => /^-[iI]$|^--(all-)?ip-address(es)?$/.test(arg))) {
    return succeed(`${machine.privateAddress}\n`)
  }
  if (args.some((arg) => !arg.startsWith('-'))) return fail('hostname: this stand-in keeps its name\n')
  return succeed(`${hostName(machine)}\n`)
}

/** `id`, and the forms that scripts ask for: `-u`, `-un`, `-g`, `-gn`, `-G`, `-Gn`. */
export const id: StandIn = (args, _context, { identity, login }) => {
  const letters = args.filter((arg) => arg.startsWith('-')).join('')
  const name = args.find((arg) => !arg.startsWith('-'))
  const who = [identity, login].find((known) => known.name === (name ?? identity.name))
  if (!who) return fail(`id: ‘${name ?? ''}’: no such user\n`)
  if (/[ugG]/.test(letters)) return succeed(`${letters.includes('n') ? who.name : who.uid}\n`)
  const both = `${who.uid}(${who.name})`
  return succeed(`uid=${both} gid=${both} groups=${both}\n`)
}

const kernel = {
  s: 'Linux',
  r: '6.8.0-sandbox',
  v: '#1 SMP stand-in',
  m: 'x86_64',
  p: 'x86_64',
  o: 'GNU/Linux',
}

export const uname: StandIn = (args, _context, host) => {
  const letters = args.length === 0 ? 's' : args.map(shortUnameOption).join('')
  const known = unameParts(host)
  const wanted = letters.includes('a') ? 'snrvmo' : 'snrvmpo'
  const shown = wanted.split('').filter((letter) => letters.includes('a') || letters.includes(letter))
  return succeed(`${shown.map((letter) => known[letter]).join(' ')}\n`)
}

function unameParts({ machine }: StandInHost): Record<string, string> {
  return { ...kernel, n: hostName(machine) }
}

function shortUnameOption(option: string): string {
  const names: Readonly<Record<string, string>> = {
    '--all': 'a',
    '--kernel-name': 's',
    '--nodename': 'n',
    '--kernel-release': 'r',
    '--machine': 'm',
    '--operating-system': 'o',
  }
  return names[option] ?? option.replace(/^-+/, '')
}
