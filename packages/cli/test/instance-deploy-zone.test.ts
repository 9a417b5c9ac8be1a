import { once } from 'node:events'
import { createServer, type Server } from 'node:net'

import { expect, onTestFinished, test } from 'vitest'

import { DeployProject, statusesOf } from './deploy-project.ts'

const sshPort = 2222

/** From now on a connection to the address is taken, and nobody ever says a word: the event loop of this process stands still meanwhile. */
async function silence(address: string): Promise<Server> {
  const server = createServer().listen(sshPort, address)
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  return server
}

test(
  'of 200 hosts all converge; with a zone gone, the others do and each dead one is named',
  { timeout: 600_000 },
  async () => {
    const project = new DeployProject()
    const counts = { 'eu-central-1a': 67, 'eu-central-1b': 67, 'eu-central-1c': 66 }
    for (const [zone, count] of Object.entries(counts)) {
      const words = ['--key', 'key.pem', '--name', zone, '--zone', zone, '--count', String(count)]
      expect(project.run('instance:create', 'web', ...words)).toMatchObject({ exit: 0 })
    }
    const { data } = project.runJson('instance:list') as {
      data: { instances: { id: string; zone: string; public_ip: string }[] }
    }
    const words = ['-n', '50', '--timeout', '300']
    const first = project.deploy(...words)
    const all = Object.fromEntries(data.instances.map(({ id }) => [id, 'converged']))
    expect(statusesOf(first)).toEqual(all)
    expect(Object.keys(all)).toHaveLength(200)
    expect(first.exit).toBe(0)

    const dead = data.instances.filter(({ zone }) => zone === 'eu-central-1a')
    const silent = await Promise.all(dead.map(async ({ public_ip }) => silence(public_ip)))
    const run = project.deploy(...words)
    expect(run.exit).toBe(6)
    expect(statusesOf(run)).toEqual({
      ...all,
      ...Object.fromEntries(dead.map(({ id }) => [id, 'unreachable'])),
    })
    for (const { status, reason = '' } of run.hosts) {
      expect(reason).toContain(status === 'unreachable' ? 'timed out' : '')
    }

    for (const server of silent) server.close()
    const retried = project.deploy('--retry-failed', ...words)
    expect(retried.exit).toBe(0)
    expect(statusesOf(retried)).toEqual(Object.fromEntries(dead.map(({ id }) => [id, 'converged'])))
  },
)
