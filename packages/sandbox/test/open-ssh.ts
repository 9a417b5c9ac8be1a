import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { folderHosts } from '../src/hosts/folder/folder-hosts.ts'
import type { Hosts, Machine } from '../src/hosts/hosts.ts'

export interface Finished {
  exitCode: number
  stdout: string
  stderr: string
}

/** Runs a program of this machine to its end. The servers that it talks to live in this process meanwhile. */
export async function run(
  program: string,
  args: readonly string[],
  stdin: string | Buffer = '',
): Promise<Finished> {
  const child = spawn(program, args, { stdio: 'pipe' })
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout.on('data', (data: Buffer) => out.push(data))
  child.stderr.on('data', (data: Buffer) => err.push(data))
  child.stdin.on('error', () => {})
  child.stdin.end(stdin)
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve(code ?? -1))
  })
  return { exitCode, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }
}

/** Waits until it holds; fails after ten seconds. */
export async function until(holds: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 10_000; !holds();) {
    if (Date.now() > deadline) throw new Error('it did not come to hold')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** A folder for a test: with key pairs, machines in `hosts`, and OpenSSH's clients set up to reach them. */
export class TestSite {
  readonly folder = mkdtempSync(join(tmpdir(), 'folder-hosts-'))
  readonly hostsFolder = join(this.folder, 'hosts')
  hosts: Hosts = folderHosts({ folder: this.hostsFolder })
  readonly #knownHosts = join(this.folder, 'known_hosts')
  readonly #knownLines = new Set<string>()
  readonly #network: number
  #lastMachine = 0

  /** Each test file has a network of its own: they run at the same time. */
  constructor(network: number) {
    this.#network = network
  }

  /** Closes the hosts and opens them anew, as the next process would. */
  async reopen(): Promise<void> {
    await this.hosts.close()
    this.hosts = folderHosts({ folder: this.hostsFolder })
  }

  async close(): Promise<void> {
    await this.hosts.close()
    rmSync(this.folder, { recursive: true, force: true })
  }

  path(...names: string[]): string {
    return join(this.folder, ...names)
  }

  disk(machine: Machine, path: string): string {
    return join(this.hostsFolder, machine.instanceId, 'disk', path)
  }

  /** Makes a key pair `name`; gives its public key as a line of authorized_keys. */
  async newKey(name: string, type: 'ed25519' | 'rsa' = 'ed25519'): Promise<string> {
    const bits = type === 'rsa' ? ['-b', '2048'] : []
    await run('ssh-keygen', ['-q', '-t', type, ...bits, '-N', '', '-C', name, '-f', this.path(name)])
    return (await run('ssh-keygen', ['-y', '-f', this.path(name)])).stdout.trim()
  }

  machine(authorizedKeys: readonly string[], more: Partial<Machine> = {}): Machine {
    this.#lastMachine += 1
    const number = this.#lastMachine
    return {
      instanceId: `i-0000000000000000${number}`,
      bootedAt: 0,
      imageId: 'ami-0abc',
      address: `127.90.${this.#network}.${number}`,
      port: 2222,
      user: 'ubuntu',
      authorizedKeys,
      userData: undefined,
      privateAddress: `172.31.0.${number}`,
      privateDnsName: `ip-172-31-0-${number}.ec2.internal`,
      ...more,
    }
  }

  /** Trusts the machine by what its console says, and nothing else. */
  async trust(machine: Machine): Promise<void> {
    const text = await this.hosts.console(machine)
    const key = /^-----BEGIN SSH HOST KEY KEYS-----\n(\S+ \S+)/m.exec(text)?.[1] ?? ''
    this.#knownLines.add(`[${machine.address}]:${machine.port} ${key}\n`)
    writeFileSync(this.#knownHosts, [...this.#knownLines].join(''))
  }

  /** Options of ssh, scp and sftp alike. */
  options(machine: Machine, key = 'key'): string[] {
    const settings = {
      UserKnownHostsFile: this.#knownHosts,
      GlobalKnownHostsFile: '/dev/null',
      StrictHostKeyChecking: 'yes',
      BatchMode: 'yes',
      IdentitiesOnly: 'yes',
      IdentityAgent: 'none',
      IdentityFile: this.path(key),
      Port: String(machine.port),
      LogLevel: 'ERROR',
    }
    return ['-F', 'none', ...Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])]
  }

  async ssh(machine: Machine, command: string, stdin: string | Buffer = ''): Promise<Finished> {
    return run('ssh', [...this.options(machine), `${machine.user}@${machine.address}`, command], stdin)
  }

  async scp(machine: Machine, ...args: string[]): Promise<Finished> {
    return run('scp', [...this.options(machine), ...args])
  }

  async sftp(machine: Machine, batch: string): Promise<Finished> {
    const target = `${machine.user}@${machine.address}`
    return run('sftp', [...this.options(machine), '-b', '-', target], batch)
  }
}
