import { defineCommand, type Command } from 'just-bash'

import { chefSolo } from './chef-solo/chef-solo.ts'
import { changeOwner, ln, mktemp, realpath, truncate } from './files.ts'
import { hostname, id, uname, whoami } from './identity.ts'
import { curl } from './curl.ts'
import { env } from './env.ts'
import { downloader, packageManager } from './installation.ts'
import { cloudInit, powerSwitch, service, systemctl } from './services.ts'
import { kill } from './kill.ts'
import { fileRunner } from '../run-files.ts'
import { python } from './python.ts'
import { runFile } from './run-file.ts'
import { shellProgram } from './shell-program.ts'
import { fail, runHere, succeed, type StandIn, type StandInHost } from './stand-in.ts'
import { su, sudo } from './sudo.ts'

const accept: StandIn = () => succeed()

const all: Readonly<Record<string, StandIn>> = {
  [fileRunner]: runFile,
  ...named(['bash', 'sh', 'dash'], shellProgram),
  sudo,
  su,
  env,
  whoami,
  hostname,
  id,
  uname,
  kill,
  mktemp,
  ln,
  realpath,
  truncate,
  chown: changeOwner('chown'),
  chgrp: changeOwner('chgrp'),
  systemctl,
  service,
  'cloud-init': cloudInit,
  'chef-solo': chefSolo,
  nohup: (words, context) => runHere(words, context),
  // Of bash, not programs: just-bash has none of them, and what they ask for does not matter here.
  trap: accept,
  umask: (args) => succeed(args.length === 0 ? '0022\n' : ''),
  ulimit: (args) => succeed(args.some((arg) => !arg.startsWith('-')) ? '' : 'unlimited\n'),
  sync: accept,
  logger: accept,
  arch: () => succeed('x86_64\n'),
  nproc: () => succeed('1\n'),
  uptime: () => succeed(' 00:00:00 up 0 min,  1 user,  load average: 0.00, 0.00, 0.00\n'),
  tty: () => fail('not a tty\n'),
  ...named(
    ['apt', 'apt-get', 'dnf', 'yum', 'snap', 'dpkg', 'rpm', 'apk', 'apt-key', 'add-apt-repository', 'gem'],
    packageManager,
  ),
  ...named(['shutdown', 'reboot', 'poweroff', 'halt'], powerSwitch),
  curl,
  python3: python,
  wget: downloader('wget', 4),
}

export const standInNames: readonly string[] = Object.keys(all)

/** The programs that a machine has beside those of just-bash. */
export function standIns(host: StandInHost): Command[] {
  return Object.entries(all).map(([name, run]) =>
    defineCommand(name, async (args, context) => run(args, context, host)),
  )
}

function named(names: readonly string[], make: (name: string) => StandIn): Record<string, StandIn> {
  return Object.fromEntries(names.map((name) => [name, make(name)]))
}
