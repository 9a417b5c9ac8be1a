import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

import { expect, test } from 'vitest'

import { DeployProject, deployRun, statusesOf } from './deploy-project.ts'
import { cli } from './project.ts'
import { serveSandbox } from './served-sandbox.ts'

test(
  'a host that does not let us in is named with the reason, and the next one is the canary',
  { timeout: 60_000 },
  () => {
    const project = new DeployProject()
    project.newKey('other.pem')
    const strange = project.launch('web', 2, { key: 'other.pem', name: 'strange' })
    const own = project.launch('web', 3)
    const run = project.deploy('-n', '2')
    expect(run.exit).toBe(6)
    expect(statusesOf(run)).toEqual({
      ...Object.fromEntries(strange.map((id) => [id, 'unreachable'])),
      ...Object.fromEntries(own.map((id) => [id, 'converged'])),
    })
    for (const { status, reason } of run.hosts) {
      expect(reason ?? '').toContain(status === 'unreachable' ? 'Permission denied' : '')
    }
  },
)

test('a host that hangs is cut off by its timeout', { timeout: 60_000 }, () => {
  const project = new DeployProject()
  const [one = '', two = ''] = project.launch('web', 2)
  project.chef(one, 'sleep 1000')
  const began = Date.now()
  const run = project.deploy('--timeout', '3', '--no-canary')
  expect(Date.now() - began).toBeLessThan(20_000)
  expect(run.exit).toBe(6)
  expect(statusesOf(run)).toEqual({ [one]: 'timed out', [two]: 'converged' })
  project.chef(two, 'sleep 1000')
  const alone = project.deploy('--timeout', '2', '--retry-failed')
  expect(alone).toMatchObject({ exit: 5, hosts: [{ id: one, status: 'timed out' }] })
})

test('a changed host key is refused, and why is said', { timeout: 60_000 }, () => {
  const project = new DeployProject()
  const [id = ''] = project.launch('web', 1)
  expect(project.deploy().exit).toBe(0)
  project.newKey('impostor')
  const [type = '', data = ''] = project.read('impostor.pub').split(' ')
  project.write('.package/known_hosts', `${id} ${type} ${data}\n`)
  const run = project.deploy()
  expect(run).toMatchObject({ exit: 1, hosts: [{ status: 'unreachable' }] })
  expect(run.hosts[0]?.reason).toContain('its host key is not the one that is pinned')
  expect(run.hosts[0]?.reason).toContain('.package/known_hosts')
})

test('an address that another instance has now raises no alarm', { timeout: 60_000 }, () => {
  const project = new DeployProject()
  const [first = ''] = project.launch('web', 1)
  expect(project.deploy().exit).toBe(0)
  const address = (id: string) => {
    const { data } = project.runJson('instance:list') as {
      data: { instances: { id: string; public_ip: string }[] }
    }
    return data.instances.find((instance) => instance.id === id)?.public_ip
  }
  const before = address(first)
  const pinned = project.read('.package/known_hosts')
  expect(project.run('instance:delete', 'web', '--name', 'web', '--yes').exit).toBe(0)
  const [second = ''] = project.launch('web', 1)
  // What the other machine of an operator still knows of the first.
  project.write('.package/known_hosts', `${pinned}${project.read('.package/known_hosts')}`)
  expect(second).not.toBe(first)
  expect(address(second)).toBe(before)
  expect(project.deploy()).toMatchObject({ exit: 0, hosts: [{ id: second, status: 'converged' }] })
})

test(
  'Ctrl-C: no new host is begun, those at work are ended, the record says so',
  { timeout: 60_000 },
  async () => {
    const project = new DeployProject()
    const ids = project.launch('web', 6)
    for (const id of ids) project.chef(id, 'touch /opt/package/converges; sleep 1000')
    const words = ['instance:deploy', '--key', 'key.pem', '-n', '2', '--no-canary', '--output', 'json']
    const child = spawn(process.execPath, [cli, ...words], {
      cwd: project.folder,
      env: { ...process.env, ...project.environment },
    })
    let out = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    const closed = once(child, 'close')
    const begun = () => ids.filter((id) => existsSync(project.disk(id, 'opt/package/converges')))
    while (begun().length < 2) await sleep(50)
    const asked = Date.now()
    child.kill('SIGINT')
    const [exit] = (await closed) as [number]
    expect(Date.now() - asked).toBeLessThan(5000)
    expect(exit).toBe(130)
    const { data } = JSON.parse(out.trimEnd().split('\n').at(-1) ?? '') as {
      data: { hosts: { status: string }[] }
    }
    expect(data.hosts.map(({ status }) => status).sort()).toEqual([
      'not started',
      'not started',
      'not started',
      'not started',
      'stopped',
      'stopped',
    ])
    expect(ids.flatMap((id) => project.incoming(id))).toEqual([])
    for (const id of ids) project.chef(id, 'exit 0')
    const retried = project.deploy('--retry-failed')
    expect(retried.exit).toBe(0)
    expect(retried.hosts).toHaveLength(6)
  },
)

test(
  'Ctrl-C at any moment leaves no half bundle, and the next run nothing of it',
  { timeout: 120_000 },
  async () => {
    const project = new DeployProject()
    const ids = project.launch('web', 4)
    const size = 3_000_000
    for (const delay of [350, 450, 550, 650, 750, 900, 1100, 1400]) {
      project.write('cookbooks/web/files/blob', randomBytes(size))
      const child = spawn(process.execPath, [cli, 'instance:deploy', '--key', 'key.pem', '--no-canary'], {
        cwd: project.folder,
        env: { ...process.env, ...project.environment },
        stdio: 'ignore',
      })
      const closed = once(child, 'close')
      await sleep(delay)
      child.kill(delay % 100 === 0 ? 'SIGKILL' : 'SIGINT')
      await closed
      for (const id of ids) {
        if (!existsSync(project.disk(id, 'opt/package/bundle.sha256'))) continue
        expect(statSync(project.disk(id, 'opt/package/cookbooks/web/files/blob')).size).toBe(size)
      }
    }
    expect(project.deploy().exit).toBe(0)
    const blob = readFileSync(project.path('cookbooks/web/files/blob'))
    for (const id of ids) {
      expect(readFileSync(project.disk(id, 'opt/package/cookbooks/web/files/blob')).equals(blob)).toBe(true)
      expect(project.incoming(id)).toEqual([])
    }
  },
)

test('a host that goes away in the middle is reported, and not waited for', { timeout: 60_000 }, async () => {
  const project = new DeployProject()
  const [gone = '', other = ''] = project.launch('web', 2)
  project.chef(gone, 'touch /opt/package/converges; sleep 1000')
  await serveSandbox(project, 20)
  const run = project.start('instance:deploy', '--key', 'key.pem', '--no-canary', '--output', 'json')
  while (!existsSync(project.disk(gone, 'opt/package/converges'))) await sleep(50)
  expect(await project.start('instance:delete', 'web', '--id', gone, '--yes')).toMatchObject({ exit: 0 })
  const { exit, hosts } = deployRun(await run)
  expect(exit).toBe(6)
  expect(statusesOf({ hosts })).toEqual({ [gone]: 'lost', [other]: 'converged' })
})

test(
  'what a host says is in its log while it runs, and there after it was cut off',
  { timeout: 60_000 },
  async () => {
    const project = new DeployProject()
    const [id = ''] = project.launch('web', 1)
    project.chef(id, 'echo "installing the first half"; sleep 1000')
    const words = ['instance:deploy', '--key', 'key.pem', '--timeout', '6', '--output', 'json']
    const running = project.start(...words)
    const logs = () => {
      const runs = existsSync(project.path('.package/logs')) ? readdirSync(project.path('.package/logs')) : []
      return runs
        .map((run) => project.path(`.package/logs/${run}/${id}.log`))
        .filter((path) => existsSync(path))
    }
    const said = () =>
      logs()
        .map((path) => readFileSync(path, 'utf8'))
        .join('')
    const isSaid = async () => {
      for (let looks = 0; looks < 200 && !said().includes('the first half'); looks += 1) await sleep(50)
      return 'said'
    }
    expect(await Promise.race([isSaid(), running.then(() => 'ended')])).toBe('said')
    const run = deployRun(await running)
    expect(run).toMatchObject({ exit: 5, hosts: [{ status: 'timed out', reason: 'cut off at: chef-solo' }] })
    expect(said()).toMatch(/package: chef-solo\ninstalling the first half\n/)
  },
)

test('a deploy has a host for itself, until it has ended by whichever way', { timeout: 60_000 }, async () => {
  const project = new DeployProject()
  const [id = ''] = project.launch('web', 1)
  project.chef(id, 'touch /opt/package/converges; sleep 1000')
  const first = project.start('instance:deploy', '--key', 'key.pem', '--timeout', '12', '--output', 'json')
  while (!existsSync(project.disk(id, 'opt/package/converges'))) await sleep(50)
  const second = await project.start('instance:deploy', '--key', 'key.pem', '--output', 'json')
  expect(deployRun(second).hosts).toMatchObject([{ id, status: 'failed', code: 'HOST_BUSY' }])
  expect(deployRun(await first).hosts).toMatchObject([{ id, status: 'timed out' }])
  project.chef(id, 'exit 0')
  expect(project.deploy()).toMatchObject({ exit: 0, hosts: [{ id, status: 'converged' }] })
})
