import { existsSync } from 'node:fs'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { TestSite, until } from '../../../test/open-ssh.ts'
import type { Machine } from '../hosts.ts'
import { Disk } from './disk/disk.ts'
import { rootIdentity } from './login.ts'
import { runScript } from './shell/run-script.ts'

const site = new TestSite(11)
let machine: Machine
let disk: Disk

beforeAll(async () => {
  machine = site.machine([await site.newKey('key')])
  await site.hosts.answer([machine])
  disk = new Disk(site.disk(machine, '/'))
})
afterAll(() => site.close())

async function run(script: string, signal = new AbortController().signal): Promise<number> {
  const { exitCode } = await runScript(disk, machine, {
    script,
    identity: rootIdentity,
    env: {},
    cwd: '/',
    stdin: Buffer.alloc(0),
    signal,
    write: () => Promise.resolve(),
  })
  return exitCode
}

const changes = (folder: string, count: number) => `
mkdir -p /tmp/${folder}; cd /tmp/${folder}
for i in $(seq ${count}); do mkdir a$i; echo x > a$i/file; mv a$i b$i; rm -rf b$i; done
`

test('scripts that change a disk at once all come to their end, whichever ends first', async () => {
  for (let round = 0; round < 10; round += 1) {
    const counts = [1, 5, 10, 20]
    const ends = await Promise.all(counts.map((count) => run(changes(`of-${count}`, count))))
    expect(ends).toEqual([0, 0, 0, 0])
  }
})

test('what a script was changing when it was cut off keeps nobody from changing the disk', async () => {
  await run('mkdir -p /tmp/tree; for i in $(seq 300); do echo x > /tmp/tree/$i; done')
  for (let round = 0; round < 5; round += 1) {
    const cut = new AbortController()
    const copying = run('cp -r /tmp/tree /tmp/copy; cp -r /tmp/tree /tmp/copy2; sleep 1000', cut.signal)
    await until(() => existsSync(site.disk(machine, '/tmp/copy')))
    cut.abort()
    await copying
    expect(await run(`rm -rf /tmp/copy /tmp/copy2; mkdir /tmp/next-${round}`)).toBe(0)
  }
})
