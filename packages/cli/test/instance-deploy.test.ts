import { createHash } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'

import { expect, test } from 'vitest'

import { DeployProject, statusesOf } from './deploy-project.ts'
import { cli } from './project.ts'
import { Screen } from './screen.ts'

test('a new bundle is sent, one that is there is not, and both converge', { timeout: 60_000 }, () => {
  const project = new DeployProject({ web: { data_bags: ['users', 'keys/one'] } })
  project.write('data_bags/users/admin.json', '{"id":"admin"}')
  project.write('data_bags/keys/one.json', '{"id":"one","secret":"open-sesame"}')
  project.write('data_bags/keys/two.json', '{"id":"two"}')
  project.write('cookbooks/web/spec/web_spec.rb', 'describe')
  project.write('rooted/metadata.rb', 'name "rooted"\n')
  const [id = ''] = project.launch('web', 1)

  const first = project.deploy()
  expect(first).toMatchObject({ exit: 0, hosts: [{ id, status: 'converged', bundle: 'sent' }] })
  expect(first.texts).toContain('account 123456789012, region eu-central-1')
  const there = readdirSync(project.disk(id, 'opt/package'), { recursive: true, encoding: 'utf8' }).sort()
  expect(there).toEqual(
    expect.arrayContaining([
      'bundle.sha256',
      'cookbooks/rooted/metadata.rb',
      'cookbooks/web/recipes/default.rb',
      'data_bags/keys/one.json',
      'data_bags/users/admin.json',
      'dna.json',
      'nodes.json',
      'roles/role-web.json',
      'solo.rb',
    ]),
  )
  expect(there.some((path) => /spec|two\.json/.test(path))).toBe(false)
  expect(project.onDisk(id, 'opt/package/bundle.sha256')).toBe(`${first.bundles['web'] ?? ''}\n`)
  expect(JSON.parse(project.onDisk(id, 'opt/package/dna.json'))).toEqual({
    id: `web-${id}`,
    package: { stage: 'instance' },
    run_list: ['role[role-web]'],
  })
  expect(project.incoming(id)).toEqual([])
  expect(project.read(first.hosts[0]?.log ?? '')).toContain('Would converge web::default')

  const second = project.deploy('web')
  expect(second).toMatchObject({ exit: 0, hosts: [{ status: 'converged', bundle: 'present' }] })
  expect(second.bundles).toEqual(first.bundles)
  project.cookbook('web', 'log "changed"\n')
  const third = project.deploy()
  expect(third.hosts).toMatchObject([{ status: 'converged', bundle: 'sent' }])
  expect(project.onDisk(id, 'opt/package/cookbooks/web/recipes/default.rb')).toBe('log "changed"\n')

  const told = [first, second, third].map((run) => JSON.stringify(run)).join('\n')
  const logs = project.files().filter((path) => /^\.package\/(logs|runs)\//.test(path))
  expect(logs.length).toBeGreaterThanOrEqual(6)
  expect(told + logs.map((path) => project.read(path)).join('\n')).not.toContain('open-sesame')
})

test('the same files make the same bundle, whoever has them, and since when', { timeout: 60_000 }, () => {
  const projects = [new DeployProject(), new DeployProject()]
  const digests = projects.map((project) => {
    project.launch('web', 1)
    return project.deploy('--dry-run').bundles['web']
  })
  expect(digests[0]).toMatch(/^[0-9a-f]{64}$/)
  expect(digests[1]).toBe(digests[0])
  expect(digests[0]).not.toBe(createHash('sha256').digest('hex'))
})

test(
  'groups come in the order of depends_on; what depends on one that failed is not begun',
  { timeout: 60_000 },
  () => {
    const project = new DeployProject({ web: { depends_on: ['app'] }, app: { depends_on: ['db'] }, db: {} })
    const ids = Object.fromEntries(
      ['web', 'app', 'db'].map((group) => [group, project.launch(group, 1)[0] ?? '']),
    )
    const good = project.deploy()
    expect(good.exit).toBe(0)
    const ends = good.texts.filter((text) => text.endsWith('1 of 1 converged'))
    expect(ends.map((text) => text.split(':')[0])).toEqual(['db', 'app', 'web'])

    project.chef(ids['app'] ?? '', 'echo "[2026-11-21T00:00:00+00:00] FATAL: RuntimeError: no room"; exit 1')
    const bad = project.deploy()
    expect(bad).toMatchObject({
      exit: 6,
      hosts: expect.arrayContaining([
        expect.objectContaining({ group: 'db', status: 'converged' }),
        expect.objectContaining({
          group: 'app',
          status: 'failed',
          reason: 'chef-solo failed with exit code 1: RuntimeError: no room',
        }),
        expect.objectContaining({
          group: 'web',
          status: 'not started',
          reason: 'app, which web depends on, failed',
        }),
      ]) as unknown,
    })
  },
)

test('where the canary fails, the rest of its group is not started', { timeout: 60_000 }, () => {
  const project = new DeployProject()
  const ids = project.launch('web', 3)
  const order = project.deploy('--dry-run').hosts.map(({ id }) => id)
  expect([...order].sort((a, b) => a.localeCompare(b))).toEqual(ids)
  const [canary = '', second = '', third = ''] = order
  project.chef(canary, 'exit 3')
  const run = project.deploy()
  expect(run.exit).toBe(6)
  expect(statusesOf(run)).toEqual({ [canary]: 'failed', [second]: 'not started', [third]: 'not started' })
  const brave = project.deploy('--no-canary')
  expect(statusesOf(brave)).toEqual({ [canary]: 'failed', [second]: 'converged', [third]: 'converged' })
  const alone = new DeployProject()
  const [only = ''] = alone.launch('web', 1)
  alone.chef(only, 'exit 3')
  expect(alone.deploy().exit).toBe(1)
})

test(
  'one that fails stops no other; --retry-failed reruns it alone; --last shows it again',
  { timeout: 60_000 },
  () => {
    const project = new DeployProject()
    project.launch('web', 4)
    const order = project.deploy('--dry-run').hosts.map(({ id }) => id)
    const [, , bad = ''] = order
    project.chef(bad, 'exit 9')
    const run = project.deploy('-n', '2')
    expect(run.exit).toBe(6)
    expect(run.hosts.filter(({ status }) => status === 'converged')).toHaveLength(3)
    expect(statusesOf(run)[bad]).toBe('failed')
    const { out, exit } = project.run('instance:deploy', '--last')
    expect({ out, exit }).toEqual({
      out: expect.stringContaining('3 converged, 1 failed') as string,
      exit: 0,
    })
    expect(out).toContain('chef-solo failed with exit code 9')

    project.chef(bad, 'exit 0')
    const retried = project.deploy('--retry-failed')
    expect(retried).toMatchObject({ exit: 0, hosts: [{ id: bad, status: 'converged' }] })
    expect(project.deploy('--retry-failed')).toMatchObject({ exit: 0, hosts: [] })
    expect(new DeployProject().run('instance:deploy', '--last')).toMatchObject({
      exit: 4,
      err: expect.stringContaining('NO_RUN') as string,
    })
  },
)

test('--max-errors begins no new host', { timeout: 60_000 }, () => {
  const project = new DeployProject()
  const ids = project.launch('web', 6)
  for (const id of ids) project.chef(id, 'exit 9')
  const words = ['-n', '1', '--no-canary']
  const counts = (...more: string[]) => {
    const { hosts } = project.deploy(...words, ...more)
    return hosts.filter(({ status }) => status === 'failed').length
  }
  expect(counts('--max-errors', '1')).toBe(2)
  expect(counts('--max-errors', '50%')).toBe(4)
  expect(counts('--max-errors', '0')).toBe(1)
  expect(project.run('instance:deploy', '--max-errors', 'few')).toMatchObject({ exit: 2 })
})

test('--dry-run touches nothing; --why-run asks Chef', { timeout: 60_000 }, () => {
  const project = new DeployProject()
  const [id = ''] = project.launch('web', 1)
  const before = project.files().filter((path) => !path.startsWith('.package/sandbox/'))
  expect(project.deploy('--dry-run')).toMatchObject({ exit: 0, hosts: [{ id, status: 'to do' }] })
  expect(project.files().filter((path) => !path.startsWith('.package/sandbox/'))).toEqual(before)
  expect(project.incoming(id)).toEqual([])
  project.chef(id, 'echo "chef-solo $*"')
  const asked = project.deploy('--why-run')
  expect(project.read(asked.hosts[0]?.log ?? '')).toMatch(/^chef-solo .*--why-run/m)
  const real = project.deploy()
  expect(project.read(real.hosts[0]?.log ?? '')).not.toContain('--why-run')
})

test('Chef is installed where it is missing, or of another version', { timeout: 60_000 }, () => {
  const project = new DeployProject({ web: { chef: { version: '17' } } })
  project.launch('web', 1)
  const { exit, hosts } = project.deploy()
  expect(exit).toBe(0)
  expect(project.read(hosts[0]?.log ?? '')).toContain('install.sh: this is a stand-in of the sandbox')
})

test(
  'only running instances of that Name; a named group without any is a conflict',
  { timeout: 60_000 },
  () => {
    const project = new DeployProject({ web: {}, db: {} })
    const [one = ''] = project.launch('web', 1, { name: 'one' })
    project.launch('web', 1, { name: 'two' })
    expect(statusesOf(project.deploy('--name', 'one'))).toEqual({ [one]: 'converged' })
    expect(project.run('instance:deploy', 'db')).toMatchObject({
      exit: 4,
      err: expect.stringContaining('no instance of db runs') as string,
    })
    expect(new DeployProject().deploy()).toMatchObject({ exit: 0, hosts: [] })
  },
)

test("a new person's key and fail2ban, added through __base__, reach every host", { timeout: 60_000 }, () => {
  const project = new DeployProject({ web: {}, db: {}, worker: {} })
  const ids = ['web', 'db', 'worker'].flatMap((group) => project.launch(group, 2))
  expect(project.deploy().exit).toBe(0)
  const nodes = project.json('nodes.json') as { __base__: object }
  const base = {
    ...nodes['__base__'],
    run_list: ['recipe[fail2ban]'],
    default_attributes: { users: { eve: { key: 'ssh-ed25519 AAAAeve' } } },
  }
  project.write('nodes.json', JSON.stringify({ ...nodes, __base__: base }))
  project.cookbook('fail2ban')
  const run = project.deploy()
  expect(run.exit).toBe(0)
  expect(run.hosts).toHaveLength(6)
  for (const id of ids) {
    const group = run.hosts.find((host) => host.id === id)?.group ?? ''
    const role = project.onDisk(id, `opt/package/roles/role-${group}.json`)
    expect(role).toContain('ssh-ed25519 AAAAeve')
    const log = project.read(run.hosts.find((host) => host.id === id)?.log ?? '')
    expect(log).toContain('Would converge fail2ban::default')
  }
})

test('on a terminal the hosts at work are shown, and nothing of it stays', { timeout: 60_000 }, () => {
  const project = new DeployProject()
  const ids = project.launch('web', 2)
  const { CI: _ci, ...environment } = process.env
  const words = 'instance:deploy --key key.pem --no-canary'
  const { stdout } = spawnSync('script', ['-qec', `${process.execPath} ${cli} ${words}`, '/dev/null'], {
    cwd: project.folder,
    encoding: 'utf8',
    env: { ...environment, ...project.environment, TERM: 'xterm' },
  })
  expect(stdout).toMatch(/0 of 2 converged/)
  for (const id of ids) expect(stdout).toMatch(new RegExp(`  ${id}  \\S+  at work`))
  expect(new Screen(80, 24).write(stdout).text).not.toMatch(/at work|of 2 converged/)
})
