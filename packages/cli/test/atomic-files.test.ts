import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, statSync } from 'node:fs'

import { describe, expect, test } from 'vitest'

import { cli, nodesText, Project } from './project.ts'
import { describeWith } from './tools.ts'

const fleet = (count: number, environment: string) => {
  const groups = Array.from({ length: count }, (_group, index) => [`g${String(index)}`, {}])
  return nodesText({ __base__: { default_attributes: { environment } }, ...Object.fromEntries(groups) })
}

const isTemporary = (path: string) => path.includes('package-tmp')

/** The roles of the project by name, as texts. */
function roles(project: Project): Map<string, string> {
  const names = project.files().filter((path) => path.startsWith('roles/') && !isTemporary(path))
  return new Map(names.map((name) => [name, project.read(name)]))
}

/** What `count` groups give, made by an undisturbed run. */
function wholeRoles(count: number, environment: string): Map<string, string> {
  const project = new Project({ 'nodes.json': fleet(count, environment) })
  expect(project.run('role:create').exit).toBe(0)
  return roles(project)
}

/** The calls that open, change, flush and rename files. */
const calls =
  'open,openat,write,pwrite64,fsync,fdatasync,syncfs,rename,renameat,mkdir,unlink,unlinkat,fchmod,close,wait4'

/** A call of a traced run as strace counts it: the how-manieth of its name. */
interface Call {
  name: string
  ordinal: number
}

/** All calls of the trace from the first that names the roles folder; node opens a hundred files of its own before. */
function callsOnRoles(trace: string): Call[] {
  const counts = new Map<string, number>()
  const all = trace.split('\n').map((line) => {
    const [name = ''] = line.split('(')
    counts.set(name, (counts.get(name) ?? 0) + 1)
    return { name, ordinal: counts.get(name) ?? 0, isOnRoles: line.includes('/roles') }
  })
  const first = all.findIndex(({ isOnRoles }) => isOnRoles)
  return all.slice(first).filter(({ name }) => calls.split(',').includes(name))
}

describeWith('strace', 'killed between any two file-system calls', (strace) => {
  // 3 files take the way of an fsync each, 40 the way of one flush for all.
  test.each([
    { files: 3, every: 1 },
    { files: 40, every: 5 },
  ])('each of $files files is the old one or the new one, whole', ({ files, every }) => {
    const old = wholeRoles(files, 'staging')
    const changed = wholeRoles(files, 'production')
    const project = new Project({ 'nodes.json': fleet(files, 'production') })
    const traced = (...injection: string[]) => {
      for (const [path, text] of old) project.write(path, text)
      const words = ['-qq', '-o', project.path('trace'), '-e', `trace=${calls}`, ...injection]
      return spawnSync(strace, [...words, process.execPath, cli, 'role:create'], { cwd: project.folder })
    }
    traced()
    const points = callsOnRoles(project.read('trace'))
    expect(points.length).toBeGreaterThan(files * 3)

    const seen = { old: 0, new: 0 }
    for (const { name, ordinal } of points.filter((_point, index) => index % every === 0)) {
      traced('-e', `inject=${name}:signal=SIGKILL:when=${String(ordinal)}`)
      for (const [path, text] of roles(project)) {
        const state = text === old.get(path) ? 'old' : text === changed.get(path) ? 'new' : 'torn'
        if (state === 'torn') expect.fail(`${path} is torn when killed at ${name} number ${String(ordinal)}`)
        else seen[state]++
      }
    }
    expect(seen.old).toBeGreaterThan(points.length / every / 4)
    expect(seen.new).toBeGreaterThan(points.length / every / 4)
    expect(project.run('role:create').exit).toBe(0)
    expect(roles(project)).toEqual(changed)
    expect(project.files().filter(isTemporary)).toEqual([])
  })
})

describe('writing files', () => {
  test('leaves a file that is as wanted untouched', () => {
    const project = new Project({ 'nodes.json': fleet(1, 'a') })
    project.run('role:create')
    const before = statSync(project.path('roles/g0.json'))
    expect(project.run('role:create').out).toBe('unchanged  roles/g0.json\n')
    const after = statSync(project.path('roles/g0.json'))
    expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs])
  })

  test('keeps the permissions of a file that it replaces', () => {
    const project = new Project({ 'nodes.json': fleet(1, 'a'), 'roles/g0.json': 'old' })
    chmodSync(project.path('roles/g0.json'), 0o640)
    expect(project.run('role:create').exit).toBe(0)
    expect(statSync(project.path('roles/g0.json')).mode & 0o777).toBe(0o640)
  })

  test('removes what a killed run left, but not what another run is writing', () => {
    const ours = `.g0.json.${String(process.pid)}.package-tmp`
    const project = new Project({
      'nodes.json': fleet(1, 'a'),
      'roles/.g0.json.999999999.package-tmp': 'torn',
    })
    project.write(`roles/${ours}`, 'half')
    expect(project.run('role:create').exit).toBe(0)
    expect(readdirSync(project.path('roles')).sort()).toEqual([ours, 'g0.json'])
  })

  test.each([
    ['a folder in the place of a file', 'roles/g0.json/x', 'a folder is in the place of the file'],
    ['a file in the place of a folder', 'roles', 'a file is in the place of a folder'],
  ])('names %s, and leaves nothing half-written', (_name, obstacle, hint) => {
    const project = new Project({ 'nodes.json': fleet(1, 'a'), [obstacle]: 'x' })
    const { exit, out, err } = project.run('role:create')
    expect({ exit, out }).toEqual({ exit: 1, out: '' })
    expect(err).toMatch(/^error FILE_SYSTEM: cannot \w+ roles/)
    expect(err).toContain(hint)
    expect(project.files()).toEqual(['nodes.json', obstacle])
  })

  test.runIf(process.getuid?.() === 0)('names a full disk, and leaves every file as it was', ({ skip }) => {
    const project = new Project({ 'nodes.json': fleet(40, 'b') })
    mkdirSync(project.path('roles'))
    const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', project.path('roles')])
    if (mount.status !== 0) skip('no small disk can be mounted here')
    try {
      const { exit, err } = project.run('role:create')
      expect({ exit, err }).toMatchObject({
        exit: 1,
        err: expect.stringContaining('no space left on device') as string,
      })
      expect(readdirSync(project.path('roles'))).toEqual([])
    } finally {
      spawnSync('umount', [project.path('roles')])
    }
  })
})
