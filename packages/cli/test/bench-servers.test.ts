import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { Project } from './project.ts'
import { checkout } from './tools.ts'

const soon = { timeout: 20_000 }

const imported = (file: string) => `await import(${JSON.stringify(join(checkout, 'bench', file))})`

/** A benchmark that starts servers, says something, and then measures a command, which ends with the test. */
async function benchmark(starts: string) {
  const measures =
    "require('node:child_process').spawnSync('cat', { stdio: ['inherit', 'ignore', 'ignore'] })"
  const child = spawn(process.execPath, ['-e', `(async () => { ${starts}; ${measures} })()`], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  })
  onTestFinished(() => void child.stdin.end())
  const [said] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, said: said.toString().trim() }
}

function isRunning(pid: number): boolean {
  return spawnSync('kill', ['-0', String(pid)]).status === 0
}

async function answers(address: string): Promise<boolean> {
  const socket = connect(22, address)
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

test.each(['Ctrl-C', 'SIGTERM', 'SIGKILL'] as const)(
  'a server of a benchmark does not outlive %s',
  async (end) => {
    const server = `[process.execPath, '-e', 'console.log(process.pid); setInterval(() => {}, 1000)']`
    const { child, said } = await benchmark(
      `const { startServer } = ${imported('start-server.mjs')}; startServer(${server}, { stdout: 'inherit' })`,
    )
    expect(isRunning(Number(said))).toBe(true)
    const { pid = 0 } = child
    if (end === 'Ctrl-C') process.kill(-pid, 'SIGINT')
    else child.kill(end)
    await expect.poll(() => isRunning(Number(said)), soon).toBe(false)
  },
)

const whyNoTargets = spawnSync(process.execPath, [
  '-e',
  `(async () => process.stdout.write((${imported('ssh-targets.mjs')}).whyNoTargets() ?? ''))()`,
]).stdout.toString()

test.skipIf(whyNoTargets !== '')('nor do its SSH servers', async () => {
  const addresses = ['127.99.22.1', '127.99.22.2']
  const project = new Project()
  const key = project.path('key.pem')
  spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key])
  const given = [project.path('targets'), addresses, key].map((each) => JSON.stringify(each)).join(', ')
  const { child } = await benchmark(
    `const { startTargets } = ${imported('ssh-targets.mjs')}; await startTargets(${given}); console.log('started')`,
  )
  const all = async () => Promise.all(addresses.map(answers))
  expect(await all()).toEqual([true, true])
  child.kill('SIGKILL')
  await expect.poll(all, soon).toEqual([false, false])
})
