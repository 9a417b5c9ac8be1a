import { spawn } from 'node:child_process'
import { connect } from 'node:net'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { run, TestSite, until, type Finished } from '../../../test/open-ssh.ts'
import type { Machine } from '../hosts.ts'
import { folderHosts } from './folder-hosts.ts'

const site = new TestSite(3)
let machine: Machine

beforeAll(async () => {
  machine = site.machine([await site.newKey('key'), await site.newKey('rsa', 'rsa')])
  await site.newKey('other')
  await site.newKey('other-rsa', 'rsa')
  await site.hosts.answer([machine])
  await site.trust(machine)
})
afterAll(() => site.close())

async function logIn(key: string, user = machine.user, ...more: string[]): Promise<Finished> {
  return run('ssh', [...site.options(machine, key), ...more, `${user}@${machine.address}`, 'whoami'])
}

describe('login', () => {
  test('with an ed25519 key', async () => {
    expect(await logIn('key')).toEqual({ exitCode: 0, stdout: 'ubuntu\n', stderr: '' })
  })

  // Not rsa-sha2-512 alone: ssh2 forgets a comma before it in the list of what it accepts (server-sig-algs).
  test.each(['rsa-sha2-512,rsa-sha2-256', 'rsa-sha2-256', 'ssh-rsa'])(
    'with an RSA key that signs as %s',
    async (algorithm) => {
      const option = `PubkeyAcceptedAlgorithms=${algorithm}`
      expect(await logIn('rsa', 'ubuntu', '-o', option)).toEqual({
        exitCode: 0,
        stdout: 'ubuntu\n',
        stderr: '',
      })
    },
  )

  test('with an RSA key, as OpenSSH chooses by itself', async () => {
    expect((await logIn('rsa')).stdout).toBe('ubuntu\n')
  })

  test.each(['other', 'other-rsa'])('not with another key: %s', async (key) => {
    const { exitCode, stderr } = await logIn(key)
    expect(exitCode).toBe(255)
    expect(stderr).toContain('Permission denied (publickey)')
  })

  test.each(['root', 'admin', 'ubuntu2', ''])('not as another user: %j', async (user) => {
    expect((await logIn('key', user === '' ? "''" : user)).exitCode).toBe(255)
  })

  test('not by a password, nor by answering questions', async () => {
    const { exitCode, stderr } = await logIn(
      'key',
      'ubuntu',
      '-o',
      'PreferredAuthentications=password,keyboard-interactive,none',
    )
    expect(exitCode).toBe(255)
    expect(stderr).toContain('Permission denied (publickey)')
  })

  test('only on a host that has the key of its console', async () => {
    const stranger = site.machine([])
    await site.hosts.answer([machine, { ...stranger, authorizedKeys: machine.authorizedKeys }])
    const options = site
      .options(machine)
      .map((option) => (option.startsWith('UserKnownHostsFile=') ? `${option} ` : option))
    const { exitCode, stderr } = await run('ssh', [
      ...options,
      '-o',
      `HostKeyAlias=[${machine.address}]:2222`,
      `ubuntu@${stranger.address}`,
      'whoami',
    ])
    expect(exitCode).toBe(255)
    expect(stderr).toContain('Host key verification failed')
    await site.hosts.answer([machine])
  })
})

describe('nothing is forwarded', () => {
  test('no connection from the machine', async () => {
    const { exitCode, stderr } = await logIn(
      'key',
      'ubuntu',
      '-o',
      'ExitOnForwardFailure=yes',
      '-R',
      '0:127.0.0.1:22',
    )
    expect(exitCode).toBe(255)
    expect(stderr).toMatch(/remote port forwarding failed/i)
  })

  test('no connection through the machine', async () => {
    const { exitCode, stderr } = await run('ssh', [
      ...site.options(machine),
      '-W',
      '127.0.0.1:22',
      `ubuntu@${machine.address}`,
    ])
    expect(exitCode).not.toBe(0)
    expect(stderr).toMatch(/forward.*failed|administratively prohibited/i)
  })
})

describe('answering', () => {
  test('follows the list: a machine that is not named any more falls silent, and keeps its key', async () => {
    const second = site.machine(machine.authorizedKeys)
    await site.hosts.answer([machine, second])
    await site.trust(second)
    expect((await site.ssh(second, 'hostname')).stdout).toBe(`${second.privateDnsName.split('.')[0]}\n`)
    await site.hosts.answer([machine])
    expect((await site.ssh(second, 'true')).exitCode).toBe(255)
    expect((await site.ssh(machine, 'true')).exitCode).toBe(0)
    await site.hosts.answer([machine, second])
    expect((await site.ssh(second, 'true')).exitCode).toBe(0)
    await site.hosts.answer([machine])
  })

  test('a machine that has a new address answers there', async () => {
    const first = site.machine(machine.authorizedKeys)
    await site.hosts.answer([machine, first])
    const moved = { ...first, address: '127.90.3.200' }
    await site.hosts.answer([machine, moved])
    await site.trust(moved)
    expect((await site.ssh(moved, 'true')).exitCode).toBe(0)
    expect((await site.ssh(first, 'true')).exitCode).toBe(255)
    await site.hosts.answer([machine])
  })

  test('another process may answer already; when it ends, this one takes over', async () => {
    const other = folderHosts({ folder: site.hostsFolder })
    await other.answer([machine])
    expect((await site.ssh(machine, 'true')).exitCode).toBe(0)
    await site.hosts.answer([])
    await other.answer([machine])
    expect((await site.ssh(machine, 'true')).exitCode).toBe(0)
    await other.close()
    await site.hosts.answer([machine])
    expect((await site.ssh(machine, 'true')).exitCode).toBe(0)
  })

  test('five hundred machines', async () => {
    const pattern = site.machine(machine.authorizedKeys)
    const many = Array.from({ length: 500 }, (_, index): Machine => ({
      ...pattern,
      instanceId: `i-many${index}`,
      address: `127.91.${index >> 8}.${index & 255}`,
    }))
    await site.hosts.answer([machine, ...many])
    await site.hosts.answer([machine, ...many])
    const last = many[499] ?? machine
    await site.trust(last)
    expect((await site.ssh(last, 'whoami')).stdout).toBe('ubuntu\n')
    await site.hosts.answer([machine])
  })

  test('close ends connections that are open, and the commands on them', async () => {
    const own = site.machine(machine.authorizedKeys)
    const hosts = folderHosts({ folder: site.hostsFolder })
    await hosts.answer([own])
    await site.trust(own)
    const child = spawn('ssh', [...site.options(own), `ubuntu@${own.address}`, 'echo begun; sleep 1000'])
    let output = ''
    child.stdout.on('data', (data: Buffer) => (output += data.toString()))
    await until(() => output === 'begun\n')
    const ended = new Promise((resolve) => child.on('close', resolve))
    const silent = connect({ host: own.address, port: own.port })
    const dropped = new Promise((resolve) => silent.on('close', resolve).on('error', () => {}))
    await hosts.close()
    expect(await ended).toBe(255)
    await dropped
  })
})
