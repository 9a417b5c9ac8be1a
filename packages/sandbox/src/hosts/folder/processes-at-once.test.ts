import { spawn } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { TestSite, until } from '../../../test/open-ssh.ts'
import type { Hosts, Machine } from '../hosts.ts'
import { folderHosts } from './folder-hosts.ts'

const site = new TestSite(12)
let machine: Machine
let other: Hosts

beforeAll(async () => {
  machine = site.machine([await site.newKey('key')])
  await site.hosts.answer([machine])
  await site.trust(machine)
  other = folderHosts({ folder: site.hostsFolder })
})
afterAll(async () => {
  await other.close()
  await site.close()
})

test('a process that ends waits for what clients of another one run, which then answers itself', async () => {
  const command = 'touch /tmp/begun; while [ ! -e /tmp/go ]; do sleep 0.05; done; echo done'
  const running = site.ssh(machine, command)
  await until(() => existsSync(site.disk(machine, '/tmp/begun')))
  await other.answer([machine])
  const ended = site.hosts.idle().then(async () => site.hosts.close())
  // Told that the machine answers, it can log in, though who answers would like to end.
  expect((await site.ssh(machine, 'echo here')).stdout).toBe('here\n')
  writeFileSync(site.disk(machine, '/tmp/go'), '')
  expect(await running).toMatchObject({ exitCode: 0, stdout: 'done\n' })
  await ended
  await other.answer([machine])
  expect((await site.ssh(machine, 'echo again')).stdout).toBe('again\n')
})

test('somebody who sits at a terminal keeps no process from its end', async () => {
  const target = `ubuntu@${machine.address}`
  const terminal = spawn('ssh', ['-tt', ...site.options(machine), target], { stdio: 'pipe' })
  let said = ''
  terminal.stdout.on('data', (data: Buffer) => (said += data.toString()))
  const left = new Promise((resolve) => terminal.once('close', resolve))
  await until(() => said.includes('$ '))
  await other.idle()
  await other.close()
  await left
})
