import { spawn } from 'node:child_process'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { run, TestSite, until, type Finished } from '../../../test/open-ssh.ts'
import type { Machine } from '../hosts.ts'

const site = new TestSite(6)
let machine: Machine

beforeAll(async () => {
  machine = site.machine([await site.newKey('key')])
  await site.hosts.answer([machine])
  await site.trust(machine)
})
afterAll(() => site.close())

const prompt = 'ubuntu@ip-172-31-0-1:~$ '

/** What a person sees who types that, and waits for a text before typing on. */
async function type(
  keys: readonly (readonly [text: string, then: string])[],
  command: string[] = [],
): Promise<Finished> {
  const child = spawn('ssh', ['-tt', ...site.options(machine), `ubuntu@${machine.address}`, ...command])
  let stdout = ''
  let exitCode: number | undefined
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()))
  child.on('close', (code) => (exitCode = code ?? -1))
  let seen = 0
  for (const [text, then] of keys) {
    await until(() => stdout.indexOf(then, seen) !== -1)
    seen = stdout.indexOf(then, seen) + then.length
    child.stdin.write(text)
  }
  await until(() => exitCode !== undefined)
  return { exitCode: exitCode ?? -1, stdout, stderr: '' }
}

describe('a shell at a terminal', () => {
  test('greets as what it is, prompts, echoes, and keeps folder and variables from line to line', async () => {
    const { stdout, exitCode } = await type([
      ['cd /tmp; X=1; export Y=2\r', prompt],
      ['echo $X$Y\r', 'ubuntu@ip-172-31-0-1:/tmp$ '],
      ['false\r', '/tmp$ '],
      ['echo $?\r', '/tmp$ '],
      ['exit 5\r', '/tmp$ '],
    ])
    expect(stdout).toContain('a stand-in of the sandbox, not a machine.\r\n')
    expect(stdout).toContain('echo $X$Y\r\n12\r\n')
    expect(stdout).toContain('echo $?\r\n1\r\n')
    expect(exitCode).toBe(5)
  })

  test('backspace, ctrl-u and ctrl-w correct the line', async () => {
    const { stdout } = await type([
      ['echo onx\x7fe\r', prompt],
      ['rm -rf /\x15echo two\r', prompt],
      ['echo three four\x17five\x1B[D\r', prompt],
      ['\x04', prompt],
    ])
    expect(stdout).toContain('\r\none\r\n')
    expect(stdout).toContain('\r\ntwo\r\n')
    expect(stdout).toContain('\r\nthree five\r\n')
  })

  test('ctrl-c ends a command, and drops a line', async () => {
    const { stdout, exitCode } = await type([
      ['echo begun; sleep 1000\r', prompt],
      ['\x03', '\r\nbegun\r\n'],
      ['echo dropped\x03', prompt],
      ['echo $?\r', prompt],
      ['\x04', prompt],
    ])
    expect(stdout).toContain('\r\n130\r\n')
    expect(stdout).not.toContain('\r\ndropped')
    expect(exitCode).toBe(0)
  })

  test('a command may go over several lines, and a wrong one does not end the session', async () => {
    const { stdout, exitCode } = await type([
      ['for i in 1 2; do\r', prompt],
      ['echo "i=$i"\r', '> '],
      ['done\r', '> '],
      ['fi\r', prompt],
      ['cat <<END\r', prompt],
      ['text\r', '> '],
      ['END\r', '> '],
      ['nosuch\r', prompt],
      ['\x04', prompt],
    ])
    expect(stdout).toContain('i=1\r\ni=2\r\n')
    expect(stdout).toContain('syntax error')
    expect(stdout).toContain('\r\ntext\r\n')
    expect(stdout).toContain('nosuch: command not found\r\n')
    expect(exitCode).toBe(127)
  })

  test('a client that goes away leaves nothing running', async () => {
    const child = spawn('ssh', ['-tt', ...site.options(machine), `ubuntu@${machine.address}`])
    let stdout = ''
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()))
    await until(() => stdout.endsWith(prompt))
    const closed = new Promise((resolve) => child.on('close', resolve))
    child.kill('SIGKILL')
    await closed
    expect((await site.ssh(machine, 'echo still here')).stdout).toBe('still here\n')
  })
})

describe('a command', () => {
  test('at a terminal has one stream with carriage returns, and reads until ctrl-d', async () => {
    const { stdout, exitCode } = await type([['typed\r\x04', '']], ['cat; echo err >&2; exit 3'])
    expect(stdout).toBe('typed\r\ntyped\r\nerr\r\n')
    expect(exitCode).toBe(3)
  })

  test('that reads no input does not wait for its end', async () => {
    const child = spawn('ssh', [
      ...site.options(machine),
      `ubuntu@${machine.address}`,
      'cat /etc/hostname; sudo ls /etc',
    ])
    let stdout = ''
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()))
    const exitCode = await new Promise((resolve) => child.on('close', resolve))
    expect(exitCode).toBe(0)
    expect(stdout).toContain('ip-172-31-0-1\n')
    child.stdin.end()
  })

  test('shows its output as it comes', async () => {
    const child = spawn('ssh', [
      ...site.options(machine),
      `ubuntu@${machine.address}`,
      'echo first; sleep 1000',
    ])
    let stdout = ''
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()))
    await until(() => stdout === 'first\n')
    child.kill()
  })

  test('ends when its client is gone, even in a loop', async () => {
    const child = spawn('ssh', [
      ...site.options(machine),
      `ubuntu@${machine.address}`,
      'while true; do echo x >> /tmp/growing; echo y; sleep 0.01; done',
    ])
    let stdout = ''
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()))
    await until(() => stdout.includes('y\ny\n'))
    const closed = new Promise((resolve) => child.on('close', resolve))
    child.kill('SIGKILL')
    await closed
    const size = async () => (await site.ssh(machine, 'wc -c < /tmp/growing')).stdout
    const first = await size()
    await run('true', [])
    expect(await size()).toBe(first)
  })
})
