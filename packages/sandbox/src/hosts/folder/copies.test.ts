import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { TestSite } from '../../../test/open-ssh.ts'
import type { Machine } from '../hosts.ts'

const site = new TestSite(2)
const data = randomBytes(700_000)
let machine: Machine

beforeAll(async () => {
  machine = site.machine([await site.newKey('key')])
  await site.hosts.answer([machine])
  await site.trust(machine)
  mkdirSync(site.path('tree/inner/empty'), { recursive: true })
  writeFileSync(site.path('tree/data.bin'), data)
  writeFileSync(site.path('tree/inner/two words.sh'), 'echo hi\n')
  chmodSync(site.path('tree/inner/two words.sh'), 0o750)
  writeFileSync(site.path('tree/nothing'), '')
  utimesSync(site.path('tree/data.bin'), 1_600_000_000, 1_600_000_000)
})
afterAll(() => site.close())

function remote(path: string): string {
  return `${machine.user}@${machine.address}:${path}`
}

// With -O, scp speaks the protocol of rcp to the machine's own scp, as Packer does.
describe.each([
  ['scp over sftp', [] as string[]],
  ['scp -O', ['-O']],
])('%s', (name, mode) => {
  const target = name.replaceAll(' ', '')

  test('uploads and downloads a file, byte for byte', async () => {
    expect(
      await site.scp(machine, ...mode, '-p', site.path('tree/data.bin'), remote(`${target}.bin`)),
    ).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: '',
    })
    const arrived = site.disk(machine, `/home/ubuntu/${target}.bin`)
    expect(readFileSync(arrived).equals(data)).toBe(true)
    expect(statSync(arrived).mtimeMs).toBe(1_600_000_000_000)
    const back = site.path(`${target}.back`)
    expect((await site.scp(machine, ...mode, remote(`${target}.bin`), back)).exitCode).toBe(0)
    expect(readFileSync(back).equals(data)).toBe(true)
  })

  test('uploads and downloads a tree, with its permissions', async () => {
    const up = await site.scp(machine, ...mode, '-r', '-p', site.path('tree'), remote(`/tmp/${target}`))
    expect(up).toEqual({ exitCode: 0, stdout: '', stderr: '' })
    const script = site.disk(machine, `/tmp/${target}/inner/two words.sh`)
    expect(readFileSync(script, 'utf8')).toBe('echo hi\n')
    expect(statSync(script).mode & 0o777).toBe(0o750)
    expect(readdirSync(site.disk(machine, `/tmp/${target}/inner`)).toSorted()).toEqual([
      'empty',
      'two words.sh',
    ])
    const back = site.path(`${target}.tree`)
    expect((await site.scp(machine, ...mode, '-r', remote(`/tmp/${target}`), back)).exitCode).toBe(0)
    expect(readFileSync(`${back}/data.bin`).equals(data)).toBe(true)
    expect(readdirSync(`${back}/inner`).toSorted()).toEqual(['empty', 'two words.sh'])
  })

  test('several files go into a folder, and into nothing else', async () => {
    const files = [site.path('tree/data.bin'), site.path('tree/nothing')]
    expect((await site.scp(machine, ...mode, ...files, remote('/opt'))).exitCode).toBe(0)
    expect(readdirSync(site.disk(machine, '/opt')).toSorted()).toEqual(['data.bin', 'nothing'])
    const { exitCode } = await site.scp(machine, ...mode, ...files, remote('/opt/nothing'))
    expect(exitCode).not.toBe(0)
  })

  test('what is not there is an error that says so, and the rest is copied', async () => {
    mkdirSync(site.path(`${target}.some`))
    const { exitCode, stderr } = await site.scp(
      machine,
      ...mode,
      remote('/tmp/missing'),
      remote('/etc/hostname'),
      site.path(`${target}.some`),
    )
    expect(exitCode).toBe(1)
    expect(stderr).toContain('No such file or directory')
    expect(readdirSync(site.path(`${target}.some`))).toEqual(['hostname'])
  })
})

test('scp -O expands patterns and the home folder on the machine', async () => {
  await site.ssh(machine, 'mkdir -p logs; echo 1 > logs/a.log; echo 2 > logs/b.log')
  mkdirSync(site.path('logs'))
  expect((await site.scp(machine, '-O', remote('~/logs/*.log'), site.path('logs'))).exitCode).toBe(0)
  expect(readdirSync(site.path('logs')).toSorted()).toEqual(['a.log', 'b.log'])
})

describe('sftp', () => {
  test('does what its commands say', async () => {
    const ended = await site.sftp(
      machine,
      [
        'pwd',
        'mkdir box',
        'cd box',
        `put ${site.path('tree/data.bin')} up.bin`,
        'rename up.bin moved.bin',
        'chmod 600 moved.bin',
        'ls -l',
        `get moved.bin ${site.path('sftp.back')}`,
        `put -r ${site.path('tree/inner')}`,
        'rm moved.bin',
        'ls',
        'rmdir inner/empty',
        '-rmdir inner',
      ].join('\n'),
    )
    expect(ended.exitCode).toBe(0)
    expect(ended.stdout).toContain('Remote working directory: /home/ubuntu\n')
    expect(ended.stdout).toMatch(/-rw-------.* 700000 .*moved\.bin/)
    expect(readFileSync(site.path('sftp.back')).equals(data)).toBe(true)
    expect(readdirSync(site.disk(machine, '/home/ubuntu/box/inner'))).toEqual(['two words.sh'])
  })

  test('lists a folder of many files whole', async () => {
    mkdirSync(site.disk(machine, '/tmp/many'))
    for (let number = 0; number < 300; number += 1) {
      writeFileSync(site.disk(machine, `/tmp/many/${number}`), '')
    }
    const { stdout } = await site.sftp(machine, 'ls -1 /tmp/many\n')
    expect(stdout.split('\n').filter((line) => line.startsWith('/tmp/many/'))).toHaveLength(300)
  })

  test('resumes a download and an upload', async () => {
    writeFileSync(site.path('partial'), data.subarray(0, 1000))
    writeFileSync(site.disk(machine, '/tmp/whole'), data)
    writeFileSync(site.disk(machine, '/tmp/partial'), data.subarray(0, 2000))
    const up = `reput ${site.path('tree/data.bin')} /tmp/partial`
    expect((await site.sftp(machine, `reget /tmp/whole ${site.path('partial')}\n${up}\n`)).exitCode).toBe(0)
    expect(readFileSync(site.path('partial')).equals(data)).toBe(true)
    expect(readFileSync(site.disk(machine, '/tmp/partial')).equals(data)).toBe(true)
  })
})
