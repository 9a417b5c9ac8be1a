import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'

import { expect, onTestFinished, test } from 'vitest'

import { openSsh } from '../src/systems/ssh/open-ssh.ts'
import { DeployProject, deployRun } from './deploy-project.ts'
import { cli, Project } from './project.ts'

/** An ssh whose user has this configuration; gives the search path on which it is found first. */
function sshConfiguredBy(project: Project, config: string): string {
  project.write('bin/ssh', `#!/bin/sh\nexec /usr/bin/ssh -F "${project.path('config')}" "$@"\n`)
  spawnSync('chmod', ['755', project.path('bin/ssh')])
  project.write('config', config)
  return `${project.path('bin')}:${process.env['PATH'] ?? ''}`
}

/** A deploy by an ssh of that configuration. */
function deployedBy(project: DeployProject, config: string) {
  const environment = { ...project.environment, PATH: sshConfiguredBy(project, config) }
  return deployRun(project.runWith(environment, 'instance:deploy', '--key', 'key.pem', '--output', 'json'))
}

/** A door that lets nobody in; gives its port, and how often somebody came. */
async function closedDoor() {
  let came = 0
  const server = createServer((socket) => {
    came += 1
    socket.end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  onTestFinished(() => void server.close())
  const close = () => new Promise((resolve) => server.close(resolve))
  return { port, came: () => came, close }
}

test('folders and keys may have spaces, and what ssh reads as something else', { timeout: 60_000 }, () => {
  const project = new DeployProject()
  project.launch('web', 1)
  const folder = 'a b%h "c"'
  mkdirSync(project.path(folder))
  for (const name of ['nodes.json', 'cookbooks', '.package']) {
    cpSync(project.path(name), project.path(`${folder}/${name}`), { recursive: true })
  }
  cpSync(project.path('key.pem'), project.path(`${folder}/my %k.pem`))
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, 'instance:deploy', '--key', 'my %k.pem', '--output', 'json'],
    { cwd: project.path(folder), encoding: 'utf8', env: { ...process.env, ...project.environment } },
  )
  const { hosts } = deployRun({ exit: status, out: stdout, err: stderr })
  expect(hosts).toMatchObject([{ status: 'converged' }])
})

test(
  "the operator's own configuration of a host does not run something else there",
  { timeout: 60_000 },
  () => {
    const project = new DeployProject()
    project.launch('web', 1)
    const config = 'Host i-*\n  RemoteCommand tmux\n  RequestTTY force\n'
    expect(deployedBy(project, config).hosts).toMatchObject([{ status: 'converged' }])
  },
)

test(
  "the operator's own forwardings are for log-ins of people, and let no deploy fail",
  { timeout: 60_000 },
  async () => {
    const { port } = await closedDoor()
    const project = new DeployProject()
    const [id = ''] = project.launch('web', 1)
    const config = `Host i-*\n  LocalForward 127.0.0.1:${String(port)} localhost:80\n  ExitOnForwardFailure yes\n`
    const environment = { ...project.environment, PATH: sshConfiguredBy(project, config) }
    const words = ['--key', 'key.pem', '--output', 'json']
    const run = project.runWith(environment, 'instance:deploy', ...words)
    expect(deployRun(run).hosts).toMatchObject([{ id, status: 'converged' }])
    const session = project.runWith(environment, 'instance:ssh', 'web', '--key', 'key.pem', 'true')
    expect(session.exit).toBe(255)
    expect(session.err).toContain('Could not request local forwarding')
  },
)

test(
  'of a jump host that is not there the cause is the reason, and all of it is in the log',
  { timeout: 60_000 },
  async () => {
    const door = await closedDoor()
    await door.close()
    const project = new DeployProject()
    project.launch('web', 1)
    const config = `Host i-*\n  ProxyJump 127.0.0.1:${String(door.port)}\n`
    const [host] = deployedBy(project, config).hosts
    const cause = `ssh: connect to host 127.0.0.1 port ${String(door.port)}: Connection refused`
    expect(host).toMatchObject({ status: 'unreachable', reason: cause })
    const log = project.read(host?.log ?? '').split('\n')
    expect(log[0]).toBe(cause)
    expect(log[1]).toContain('Connection closed by remote host')
  },
)

test("the operator's own port of a host is the one that is gone to", async () => {
  const { port, came } = await closedDoor()
  const project = new Project()
  const before = process.env['PATH']
  onTestFinished(() => void (process.env['PATH'] = before))
  process.env['PATH'] = sshConfiguredBy(project, `Host i-*\n  Port ${String(port)}\n`)
  const shell = openSsh({
    knownHostsPath: project.path('known_hosts'),
    port: undefined,
    before: () => Promise.resolve(),
  })
  const host = { instanceId: 'i-1', address: '127.0.0.1', user: 'ubuntu' }
  expect(await shell.reach(host)).toMatchObject({ reached: false })
  expect(came()).toBe(1)
  const ended = await shell.execute(host, {
    script: 'true',
    onLine: () => undefined,
    onOwnLine: () => undefined,
    timeout: 30_000,
    isStopped: () => false,
  })
  expect(ended).toMatchObject({ ended: 'connection' })
  expect(came()).toBe(2)
})

test('without an ssh client nobody is connected to, and that is said once', { timeout: 60_000 }, () => {
  const project = new DeployProject()
  project.launch('web', 3)
  const run = project.runWith(
    { ...project.environment, PATH: project.path('bin') },
    'instance:deploy',
    '--key',
    'key.pem',
  )
  expect(run).toMatchObject({ exit: 1, err: expect.stringContaining('SSH_MISSING') as string })
  expect(run.err).not.toContain('unreachable')
  expect(project.has('.package/runs')).toBe(false)
})
