import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { TestSite, until } from '../../../test/open-ssh.ts'
import type { Machine } from '../hosts.ts'

const site = new TestSite(9)
let machine: Machine

beforeAll(async () => {
  machine = site.machine([await site.newKey('key')])
  await site.hosts.answer([machine])
  await site.trust(machine)
  for (const [path, text] of [
    ['talks', 'echo one; echo two >&2; sleep 1000'],
    ['says', 'bash -c "echo one; echo two" | sed s/^/-/; x=$(bash -c "echo three"); echo "[$x]"'],
  ] as const) {
    mkdirSync(site.disk(machine, '/usr/local/bin'), { recursive: true })
    writeFileSync(site.disk(machine, `/usr/local/bin/${path}`), `#!/bin/sh\n${text}\n`)
    chmodSync(site.disk(machine, `/usr/local/bin/${path}`), 0o755)
  }
})
afterAll(() => site.close())

describe('what is said comes as it is said', () => {
  test.each([
    'echo one; echo two >&2; sleep 1000',
    'bash -c "echo one; echo two >&2; sleep 1000"',
    "sudo -n sh -ec 'echo one; (echo two >&2; sleep 1000)'",
    'talks',
    '/usr/local/bin/talks',
    'sudo A=1 talks',
    'exec env A=1 nohup talks',
    'f() { if talks; then :; fi; }; f',
    'set -e; { sudo bash /usr/local/bin/talks; } 3>&1',
    'for i in 1; do bash -c "talks" 3>&2 2>&1 1>&3; done',
    'exec 3>&1 1>/dev/null; talks >&3',
    'out=$(true); bash <<< "talks"',
  ])('by %s', async (command) => {
    const child = spawn('ssh', [...site.options(machine), `ubuntu@${machine.address}`, command])
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data: Buffer) => (output += data.toString()))
    }
    const closed = new Promise((resolve) => child.on('close', resolve))
    try {
      await until(() => /one\n/.test(output) && /two\n/.test(output))
    } finally {
      child.kill()
      await closed
    }
  })

  test('into a file too', async () => {
    const child = spawn('ssh', [...site.options(machine), `ubuntu@${machine.address}`, '(talks) > log 2>&1'])
    const closed = new Promise((resolve) => child.on('close', resolve))
    const log = () => {
      try {
        return readFileSync(site.disk(machine, '/home/ubuntu/log'), 'utf8')
      } catch {
        return ''
      }
    }
    try {
      await until(() => log() === 'one\ntwo\n')
    } finally {
      child.kill()
      await closed
    }
  })
})

const said = '-one\n-two\n[three]\n'

describe('what is taken or redirected comes nowhere else', () => {
  test.each([
    ['says', said],
    ['says > o; cat o', said],
    ['x=$(says); echo "$x"', said],
    ['echo "`sudo says`"', said],
    ['says | cat', said],
    ['bash -c "echo e >&2" 2>&1 | sed s/^/-/', '-e\n'],
    ['bash -c "echo e >&2" |& sed s/^/-/', '-e\n'],
    ['f() { bash -c "echo in"; }; f > o; x=$(f); f | tr n N; echo "$x"; cat o', 'iN\nin\nin\n'],
    ['exec 3>&1; x=$(bash -c "echo kept"; echo past >&3); echo "[$x]"', 'past\n[kept]\n'],
    ['exec 4>&1 > o; says; exec >&4; cat o', said],
    ['eval "bash -c \'echo e\'" | sed s/^/-/', '-e\n'],
    ['x=$(eval "bash -c \'echo e\'"); echo "[$x]"', '[e]\n'],
    ['echo "l() { cb > o; }" > lib; . ./lib; cb() { says; }; l; cat o', said],
    ['echo echo 3 > /tmp/n; echo $(( $(bash /tmp/n) + 1 ))', '4\n'],
    [
      'while read -r l; do echo "<$l>"; done < <(says)',
      said.replaceAll(/^(.*)$/gm, '<$1>').replace(/<>$/, ''),
    ],
    ['(exec says; echo never); echo after', `${said}after\n`],
    ['says &> o; says &>> o; cat o', said + said],
    ['says > /dev/null 2>&1; bash -c "echo e >&2" 2> o; cat o', 'e\n'],
    ['env A=1 bash -c \'echo "$A"\'', '1\n'],
  ])('%s', async (command, stdout) => {
    expect(await site.ssh(machine, command)).toEqual({ exitCode: 0, stdout, stderr: '' })
  })

  test('what is assigned keeps its exit code', async () => {
    expect((await site.ssh(machine, 'x=$(exit 3) || echo "$?"')).stdout).toBe('3\n')
  })
})
