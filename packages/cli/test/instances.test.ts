import { spawnSync } from 'node:child_process'

import { expect, test } from 'vitest'

import { cli } from './project.ts'
import { clusterNodes, SandboxProject } from './sandbox-project.ts'
import { Screen } from './screen.ts'

const create = ['instance:create', 'cluster', '--key', 'key.pem', '--name', 'one'] as const
const remove = ['instance:delete', 'cluster', '--name', 'one', '--yes'] as const

test('an instance is launched, listed, logged in to and deleted, and nothing is left', () => {
  const project = new SandboxProject()
  const created = project.run(...create)
  expect(created).toMatchObject({ exit: 0 })
  expect(created.err).toContain('account 123456789012, region eu-central-1')

  const ids = project.liveInstances()
  expect(ids).toHaveLength(2)
  expect(project.files().filter((path) => path.startsWith('dna/instance/'))).toEqual(
    ids.map((id) => `dna/instance/cluster-${id}.json`).sort((a, b) => a.localeCompare(b)),
  )
  const listed = project.run('instance:list')
  for (const id of ids) expect(listed.out).toContain(id)

  const [id = ''] = ids
  const said = project.run('instance:ssh', 'cluster', '--id', id, '--key', 'key.pem', 'echo', "it's here")
  expect(said).toMatchObject({ exit: 0, out: expect.stringContaining("it's here") as string })
  expect(project.run('instance:ssh', 'cluster', '--id', id, '--key', 'key.pem', 'exit', '7').exit).toBe(7)
  const line = project.run('instance:ssh', 'cluster', '--id', id, '--key', 'key.pem', 'echo $((6 * 7)) | rev')
  expect(line.out).toContain('24')

  expect(project.run(...remove)).toMatchObject({ exit: 0 })
  expect(project.leftovers()).toEqual([])
  expect(project.run('instance:list').out).toContain('no instances')
})

test('host keys are read as soon as the console says them, of old types once AWS has posted it', () => {
  const looksOf = (instance_type: string) => {
    const { cluster, ...rest } = clusterNodes
    const project = new SandboxProject({ ...rest, cluster: { ...cluster, instance_type, count: 1 } })
    const looks = project.calls(...create).filter((call) => call === 'ec2:GetConsoleOutput')
    expect(project.liveInstances()).toHaveLength(1)
    return looks.length
  }
  expect(looksOf('t3.micro')).toBe(1)
  expect(looksOf('t2.micro')).toBeGreaterThan(2)
})

test('another key is refused', () => {
  const project = new SandboxProject()
  expect(project.run(...create, '--count', '1').exit).toBe(0)
  project.newKey('other.pem')
  const refused = project.run('instance:ssh', 'cluster', '--name', 'one', '--key', 'other.pem', 'true')
  expect(refused.exit).toBe(255)
  expect(refused.err).toContain('Permission denied')
})

test('a complete launch is a conflict, an unfinished one is topped up', () => {
  const project = new SandboxProject()
  expect(project.run(...create, '--count', '1').exit).toBe(0)
  expect(project.run(...create, '--count', '1').exit).toBe(4)
  expect(project.run(...create).exit).toBe(0)
  expect(project.liveInstances()).toHaveLength(2)
})

test('a key that others can read is refused before anything is made', () => {
  const project = new SandboxProject()
  project.write('open.pem', project.read('key.pem'))
  const refused = project.run('instance:create', 'cluster', '--key', 'open.pem', '--name', 'one')
  expect(refused.exit).toBe(3)
  expect(refused.err).toContain('chmod 600 open.pem')
  expect(project.leftovers()).toEqual([])
})

const checked = [
  [['--name', 'a\nb'], 2, 'control characters'],
  [['--name', 'one', '--key', 'key.pem.pub'], 3, 'public half'],
  [['--name', 'one', '--env', 'Bad Env'], 2, 'no name of an environment'],
  [['--name', 'one', '--region', 'bad_region!'], 2, 'no region'],
  [['--name', 'one', '--count', '0'], 2, 'from 1 to 1000'],
  [['--name', 'one', '--zone', 'eu-central-1x'], 3, 'no subnet in eu-central-1x'],
  [['--name', 'one', '--ami', 'ami-00000000000000000'], 3, 'no image ami-00000000000000000'],
] as const

test.each(checked)('%j is refused before anything is made', (words, exit, says) => {
  const project = new SandboxProject()
  const refused = project.run('instance:create', 'cluster', '--key', 'key.pem', ...words)
  expect(refused).toMatchObject({ exit, err: expect.stringContaining(says) as string })
  expect(project.leftovers()).toEqual([])
})

test('what nodes.json lacks or AWS refuses leaves no key pair behind', () => {
  const base = clusterNodes['__base__']
  const { ssh_username, ...withoutLogin } = base
  const cases = [
    [{ ...clusterNodes, __base__: withoutLogin }, 'NO_LOGIN'],
    [{ ...clusterNodes, __base__: { ...base, security_groups: ['nowhere'] } }, 'UNKNOWN_SECURITY_GROUP'],
    [{ ...clusterNodes, __base__: { ...base, instance_type: 't4g.micro' } }, 'VALUE_REFUSED'],
  ] as const
  expect(ssh_username).toBe('ubuntu')
  for (const [nodes, code] of cases) {
    const project = new SandboxProject(nodes)
    const refused = project.run(...create)
    expect(refused).toMatchObject({ exit: 3, err: expect.stringContaining(code) as string })
    expect(project.leftovers()).toEqual([])
  }
})

test('a key of a type that EC2 does not take is refused', () => {
  const project = new SandboxProject()
  project.newKey('ec.pem', 'ecdsa')
  const refused = project.run('instance:create', 'cluster', '--key', 'ec.pem', '--name', 'one')
  expect(refused).toMatchObject({ exit: 3, err: expect.stringContaining('ecdsa-sha2-nistp256') as string })
})

test('--dry-run shows the plan and changes nothing', () => {
  const project = new SandboxProject()
  const planned = project.run(...create, '--dry-run')
  expect(planned.exit).toBe(0)
  expect(project.leftovers()).toEqual([])
  expect(Object.keys(project.account().securityGroups)).toEqual([])
})

test('two environments of one project never see each other', () => {
  const project = new SandboxProject()
  expect(project.run(...create, '--env', 'staging').exit).toBe(0)
  expect(project.run('instance:list').out).toContain('no instances')
  expect(project.run(...create).exit).toBe(0)
  expect(project.run(...remove, '--env', 'staging').exit).toBe(0)
  expect(project.liveInstances()).toHaveLength(2)
})

test('an account that the settings do not list is refused', () => {
  const settings = { ...clusterNodes['__settings__'], accounts: ['999999999999'] }
  const project = new SandboxProject({ ...clusterNodes, __settings__: settings })
  const refused = project.run(...create)
  expect(refused.exit).toBe(4)
  expect(project.leftovers()).toEqual([])
})

test('two projects of one account never see each other, whatever their groups are called', () => {
  const one = new SandboxProject()
  const other = new SandboxProject({ ...clusterNodes, __settings__: { project: 'other' } })
  other.shareAccountOf(one)
  expect(one.run(...create).exit).toBe(0)
  expect(other.run('instance:list').out).toContain('no instances')
  expect(other.run(...create).exit).toBe(0)
  expect(one.liveInstances()).toHaveLength(4)
  expect(one.run(...remove).exit).toBe(0)
  const left = one.liveInstances()
  expect(left).toHaveLength(2)
  const listed = other.run('instance:list').out
  for (const id of left) expect(listed).toContain(id)
  expect(other.run(...remove).exit).toBe(0)
  expect(one.leftovers()).toEqual([])
})

test('the same launch by two at once is one launch', async () => {
  const project = new SandboxProject()
  const runs = await Promise.all([project.start(...create), project.start(...create)])
  expect(runs.map(({ exit }) => exit)).toContain(0)
  expect(project.liveInstances()).toHaveLength(2)
  expect(Object.keys(project.account().keyPairs)).toHaveLength(1)
  project.run(...create)
  expect(Object.keys(project.account().addresses)).toHaveLength(2)
  expect(project.run(...remove).exit).toBe(0)
  expect(project.leftovers()).toEqual([])
})

test('on a terminal a wait is one line that is written over, elsewhere plain lines', () => {
  const project = new SandboxProject()
  const words = ['instance:create', 'cluster', '--key', 'key.pem', '--name', 'one'].join(' ')
  const terminal = { ...process.env, ...project.environment, CI: '', TERM: 'xterm' }
  const { stdout } = spawnSync('script', ['-qec', `${process.execPath} ${cli} ${words}`, '/dev/null'], {
    cwd: project.folder,
    env: terminal,
    encoding: 'utf8',
  })
  expect(stdout).toContain('\n0 of 2 running\r\n\u001B[1A\r')
  expect(new Screen(80, 24).write(stdout).text).not.toContain('running')
  const { err } = project.run(...create, '--count', '3')
  expect(err).toContain('\n0 of 1 running\n')
})
