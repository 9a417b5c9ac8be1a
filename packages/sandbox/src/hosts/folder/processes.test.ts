import { spawn } from 'node:child_process'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { TestSite, until } from '../../../test/open-ssh.ts'
import type { Machine } from '../hosts.ts'

const site = new TestSite(10)
let machine: Machine

beforeAll(async () => {
  machine = site.machine([await site.newKey('key')])
  await site.hosts.answer([machine])
  await site.trust(machine)
})
afterAll(() => site.close())

const began = (id: string) => `sed 's/.*) //' /proc/${id}/stat 2> /dev/null | cut -d ' ' -f 20`

/** Begins a command that says its own process id and goes on; gives the id, and what ends it. */
async function begun(command: string): Promise<{ id: string; end: () => Promise<unknown> }> {
  const child = spawn('ssh', [...site.options(machine), `ubuntu@${machine.address}`, command])
  let output = ''
  child.stdout.on('data', (data: Buffer) => (output += data.toString()))
  const closed = new Promise((resolve) => child.on('close', resolve))
  await until(() => output.endsWith('\n'))
  const end = async () => {
    child.kill()
    await closed
  }
  return { id: output.trim(), end }
}

test('each login is a process of its own, and so is what sudo starts', async () => {
  const ids = await Promise.all(
    Array.from({ length: 5 }, async () => (await site.ssh(machine, "echo $$; sudo sh -c 'echo $$'")).stdout),
  )
  expect(new Set(ids.join('').trim().split('\n')).size).toBe(10)
})

test('a process lives until its script ends, by whichever way', async () => {
  for (const command of ['echo $$; sleep 1000', "sudo -n sh -c 'echo $$; sleep 1000'"]) {
    const { id, end } = await begun(command)
    const asks = `kill -0 ${id} && test -d /proc/${id} && ${began(id)}`
    const { exitCode, stdout } = await site.ssh(machine, asks)
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^\d+\n$/)
    expect((await site.ssh(machine, asks)).stdout).toBe(stdout)
    await end()
    let last = await site.ssh(machine, asks)
    for (const deadline = Date.now() + 5000; last.exitCode === 0 && Date.now() < deadline;) {
      last = await site.ssh(machine, asks)
    }
    expect(last).toEqual({ exitCode: 1, stdout: '', stderr: `bash: kill: (${id}) - No such process\n` })
  }
})

test('a process that has ended by itself is gone at once', async () => {
  const { stdout } = await site.ssh(
    machine,
    "id=$(sudo sh -c 'echo $$'); kill -0 $id || echo gone; kill -0 $$ && echo here",
  )
  expect(stdout).toBe('gone\nhere\n')
})

test('machines have boots of their own', async () => {
  const other = site.machine(machine.authorizedKeys)
  await site.trust(other)
  await site.hosts.answer([machine, other])
  const boots = [machine, machine, other].map(async (each) => {
    return (await site.ssh(each, 'cat /proc/sys/kernel/random/boot_id')).stdout
  })
  const [one, again, another] = await Promise.all(boots)
  expect(one).toMatch(/^[0-9a-f-]{36}\n$/)
  expect(again).toBe(one)
  expect(another).not.toBe(one)
})
