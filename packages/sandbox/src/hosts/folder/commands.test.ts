import { createHash, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { run, TestSite } from '../../../test/open-ssh.ts'
import type { Machine } from '../hosts.ts'

const site = new TestSite(1)
let machine: Machine

beforeAll(async () => {
  machine = site.machine([await site.newKey('key')])
  await site.hosts.answer([machine])
  await site.trust(machine)
})
afterAll(() => site.close())

async function stdoutOf(command: string, stdin?: string | Buffer): Promise<string> {
  const { stdout, stderr } = await site.ssh(machine, command, stdin)
  expect(stderr).toBe('')
  return stdout
}

describe('a command over ssh', () => {
  test('prints to stdout and stderr, and ends with its exit code', async () => {
    const ended = await site.ssh(machine, 'echo out; echo err >&2; exit 7')
    expect(ended).toEqual({ exitCode: 7, stdout: 'out\n', stderr: 'err\n' })
  })

  test('runs as the login, in its home, on its host', async () => {
    expect(await stdoutOf('whoami; id -u; pwd; hostname; hostname -f; echo $USER $HOME')).toBe(
      'ubuntu\n1000\n/home/ubuntu\nip-172-31-0-1\nip-172-31-0-1.ec2.internal\nubuntu /home/ubuntu\n',
    )
  })

  test('sudo runs the rest as root, whatever its options', async () => {
    const command =
      'sudo -n -E -H whoami; sudo id -u; sudo bash -c "echo \\$EUID \\$HOME"; sudo -u ubuntu whoami'
    expect(await stdoutOf(command)).toBe('root\n0\n0 /root\nubuntu\n')
  })

  test('stand-ins for what is not there say so and succeed', async () => {
    const { stdout, exitCode } = await site.ssh(
      machine,
      'sudo apt-get install -y nginx && sudo systemctl start nginx',
    )
    expect(exitCode).toBe(0)
    expect(stdout).toContain(
      'apt-get install -y nginx: this is a stand-in of the sandbox, nothing is installed',
    )
    expect(stdout).toContain('no service runs')
  })

  test('takes a megabyte on stdin, byte for byte', async () => {
    const data = randomBytes(1_000_000)
    await stdoutOf('cat > upload.bin', data)
    expect(readFileSync(site.disk(machine, '/home/ubuntu/upload.bin')).equals(data)).toBe(true)
    const digest = createHash('sha256').update(data).digest('hex')
    expect(await stdoutOf('sha256sum < upload.bin')).toContain(digest)
    expect(await stdoutOf('cat upload.bin | sha256sum')).toContain(digest)
  })

  test('gives back large output on both streams, each whole and in order', async () => {
    const out = 'o'.repeat(3_000_000)
    const err = 'e'.repeat(3_000_000)
    writeFileSync(site.disk(machine, '/tmp/o'), out)
    writeFileSync(site.disk(machine, '/tmp/e'), err)
    const ended = await site.ssh(machine, 'cat /tmp/o; cat /tmp/e >&2; cat /tmp/o; cat /tmp/e >&2')
    expect(ended.stdout === out + out).toBe(true)
    expect(ended.stderr === err + err).toBe(true)
  })

  test('a script on stdin runs', async () => {
    expect(await stdoutOf('bash -s one', 'echo "in $1"\n')).toBe('in one\n')
    const ended = await run(
      'ssh',
      [...site.options(machine), `ubuntu@${machine.address}`],
      'cd /tmp\npwd\nexit 4\n',
    )
    expect(ended).toEqual({ exitCode: 4, stdout: '/tmp\n', stderr: '' })
  })

  test('a script that was uploaded runs by its path, also below sudo', async () => {
    const script =
      '#!/usr/bin/env bash\nset -euo pipefail\ntrap "echo bye" EXIT\necho "$0 $1 $A"; false; echo never\n'
    await stdoutOf('cat > /tmp/script.sh; chmod +x /tmp/script.sh', script)
    expect(await site.ssh(machine, 'A=1 /tmp/script.sh x')).toEqual({
      exitCode: 1,
      stdout: '/tmp/script.sh x 1\n',
      stderr: '',
    })
    expect((await site.ssh(machine, 'A=2 sudo -E /bin/bash /tmp/script.sh y')).stdout).toBe(
      '/tmp/script.sh y 2\n',
    )
  })

  test('programs are where scripts look for them', async () => {
    expect(
      await stdoutOf(
        'mkdir -p /usr/bin; command -v sudo; /usr/bin/env echo a; /bin/echo b; test -x /usr/bin/apt-get',
      ),
    ).toBe('/usr/bin/sudo\na\nb\n')
  })

  test('mktemp, nohup, uname, cloud-init', async () => {
    const printed = await stdoutOf(
      'f=$(mktemp); d=$(mktemp -d); echo $f $d; test -f $f -a -d $d && uname -sm && nohup echo x',
    )
    expect(printed).toMatch(/^\/tmp\/tmp\.\w{10} \/tmp\/tmp\.\w{10}\nLinux x86_64\nx\n$/)
    expect(await stdoutOf('cloud-init status --wait')).toBe('status: done\n')
  })

  test('variables that the client sends arrive, those of the login stay', async () => {
    const options = [...site.options(machine), '-o', 'SetEnv=LC_TEST=yes HOME=/elsewhere']
    const ended = await run('ssh', [...options, `ubuntu@${machine.address}`, 'echo $LC_TEST $HOME'])
    expect(ended.stdout).toBe('yes /home/ubuntu\n')
  })

  test('a loop without an end is ended', async () => {
    const { exitCode, stderr } = await site.ssh(machine, 'while true; do :; done')
    expect(exitCode).not.toBe(0)
    expect(stderr).toContain('too many')
  })

  test('/dev/null swallows, /dev/urandom gives', async () => {
    expect(await stdoutOf('echo x > /dev/null; cat /dev/null; head -c 16 /dev/urandom | wc -c')).toMatch(
      /^\s*16\n$/,
    )
  })
})
