import { spawn, spawnSync } from 'node:child_process'

import type { RemoteHost, Shell } from '@package/core/ports/shell'

import { executeOver } from './execute.ts'
import { KnownHosts } from './known-hosts.ts'
import { noProgram } from './no-program.ts'
import { checkKeyFile, publicKeyOf } from './private-key.ts'
import { refusalReason } from './refusal-reason.ts'
import { shellQuoted } from './shell-quoted.ts'

/** In seconds. */
const connectTimeout = 10

/** Nobody is asked anything, and what is said comes as it is. A port of this machine can be forwarded to one host at a time. */
const unattended = ['BatchMode=yes', 'RequestTTY=no', 'ClearAllForwardings=yes'].flatMap((each) => [
  '-o',
  each,
])

export interface SshSettings {
  /** The project's own known-hosts file. */
  knownHostsPath: string
  /** Of machines that stand in for instances; undefined where the operator's own configuration says which, else 22. */
  port: number | undefined
  /** Called before each log-in: makes the machines of an embedded AWS answer. */
  before: () => Promise<void>
}

/** Log-ins by this machine's own OpenSSH, so that the operator's configuration, agent and jump hosts hold. */
export function openSsh({ knownHostsPath, port, before }: SshSettings): Shell {
  const known = new KnownHosts(knownHostsPath)
  const words = (host: RemoteHost, options: readonly string[]) => {
    const settings = {
      HostName: host.address,
      HostKeyAlias: host.instanceId,
      ...(port !== undefined && { Port: String(port) }),
      UserKnownHostsFile: sshPath(known.path),
      GlobalKnownHostsFile: '/dev/null',
      StrictHostKeyChecking: host.acceptNewHostKey === true ? 'accept-new' : 'yes',
      ConnectTimeout: String(connectTimeout),
      ServerAliveInterval: '15',
      // Of the operator's own configuration: what is run is given here.
      RemoteCommand: 'none',
      LogLevel: 'ERROR',
      ...(host.keyPath !== undefined && { IdentityFile: sshPath(host.keyPath), IdentitiesOnly: 'yes' }),
    }
    const asOptions = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])
    return [...asOptions, '-l', host.user, ...options, '--', host.instanceId]
  }
  return {
    checkClient() {
      const { error } = spawnSync('ssh', ['-V'], { stdio: 'ignore' })
      if (error) throw noProgram('ssh', error)
    },
    knows: (instanceId) => known.has(instanceId),
    pin: (instanceId, hostKeys) => known.add(instanceId, hostKeys),
    forget: (instanceIds) => known.remove(instanceIds),
    async reach(host) {
      await before()
      const { exit, err } = await captured('ssh', words(host, unattended).concat('true'))
      if (exit === 0) return { reached: true }
      return { reached: false, reason: refusalReason(err) }
    },
    async execute(host, run) {
      await before()
      const command = asRoot(host, run.script)
      return executeOver('ssh', words(host, unattended).concat(command), run)
    },
    async logIn(host, command) {
      await before()
      return interactive('ssh', words(host, []).concat(remoteCommand(command)))
    },
    checkKeyFile,
    publicKeyOf,
  }
}

/** A path as ssh must read it to get the same one: it takes values apart at spaces, and puts others in the place of `%h` (ssh_config(5)). */
function sshPath(path: string): string {
  return `"${path.replaceAll('%', '%%').replaceAll(/["\\]/g, String.raw`\$&`)}"`
}

/** One word is a line for the remote shell, as with ssh; several are a program and its arguments, which arrive as they are. */
function remoteCommand(command: readonly string[]): string[] {
  return command.length === 1 ? [...command] : command.map(shellQuoted)
}

/** What the script and sudo say goes one way, so that all on stderr is ssh's own. */
function asRoot({ user }: RemoteHost, script: string): string {
  return `${user === 'root' ? '' : 'sudo -n '}sh -c ${shellQuoted(script)} 2>&1`
}

function interactive(program: string, words: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: 'inherit' })
    child.once('error', (error) => reject(noProgram(program, error)))
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 255)))
  })
}

function captured(program: string, words: readonly string[]): Promise<{ exit: number; err: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: ['ignore', 'ignore', 'pipe'] })
    let err = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err = `${err}${text}`.slice(-4000)
    })
    child.once('error', (error) => reject(noProgram(program, error)))
    child.once('close', (code) => resolve({ exit: code ?? 255, err }))
  })
}
