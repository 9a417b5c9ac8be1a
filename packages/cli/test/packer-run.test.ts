import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { expect, test } from 'vitest'

import { groupsNamed, ImageProject } from './image-project.ts'
import { cli } from './project.ts'
import { describeWith } from './tools.ts'

function git(project: ImageProject, ...words: string[]): string {
  const identity = ['-c', 'user.name=tests', '-c', 'user.email=tests@example.com']
  const { status, stdout, stderr } = spawnSync('git', [...identity, ...words], {
    cwd: project.folder,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
  return stdout.trim()
}

/** The group, its status and the image's id, from the lines of a run. */
function results(out: string): string[][] {
  return out
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/ {2,}/))
}

/** How many groups were built at the same time, from what was said of each. */
function mostAtOnce(err: string): number {
  const active = new Set<string>()
  let most = 0
  for (const line of err.split('\n')) {
    const [, group = '', said = ''] = /^(\w+): (.*)$/.exec(line) ?? []
    if (said.startsWith('==> amazon-ebs: Prevalidating')) active.add(group)
    if (/^Build 'amazon-ebs' (finished|errored)/.test(said)) active.delete(group)
    most = Math.max(most, active.size)
  }
  return most
}

/** Everything in the project that a run could change, by path. */
function contentsOf(project: ImageProject): Record<string, string> {
  const isClock = (path: string) => path.startsWith('.package/sandbox/')
  const paths = project.files().filter((path) => !isClock(path))
  const { images, instances, keyPairs, securityGroups, tags } = project.account()
  return {
    ...Object.fromEntries(paths.map((path) => [path, project.read(path)])),
    account: JSON.stringify({ images, instances, keyPairs, securityGroups, tags }),
  }
}

/** The source image once more, as if its owner had published it again. */
function addNewerSource(project: ImageProject): void {
  project.changeAccount(({ images }) => {
    const isSource = ({ name }: { name: string }) => name.includes('ubuntu-noble-24.04-amd64-server')
    const newest = Object.values(images)
      .filter(isSource)
      .sort((a, b) => b.createdAt - a.createdAt)[0]
    if (newest === undefined) throw new Error('there is no source image')
    const imageId = 'ami-00000000000000001'
    images[imageId] = { ...newest, imageId, name: `${newest.name}x`, createdAt: newest.createdAt + 1 }
  })
}

describeWith('packer', 'packer:run', (program) => {
  test('builds, tags image and snapshots, keeps its log; then all is unchanged', () => {
    const project = new ImageProject()
    project.recordPacker(program)
    git(project, 'init', '-q')
    project.write('.gitignore', '/key.pem*\n/packer.calls\n')
    project.run('packer:create')
    git(project, 'add', '.')
    git(project, 'commit', '-qm', 'First')

    const built = project.run('packer:run', 'web')
    expect(built, built.err).toMatchObject({ exit: 0 })
    expect(built.err).not.toMatch(/committed|written anew/)
    expect(project.files().filter((path) => path.startsWith('.package/packer/'))).toEqual([])
    const [image] = project.ownImages()
    const id = image?.imageId ?? ''
    expect(results(built.out)).toEqual([['built', 'web', id]])
    const { tags } = project.account()
    expect(tags[id]).toEqual({
      group: 'web',
      'package:project': 'tests',
      'package:bundle': expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      'package:digest': expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      'package:build': expect.stringMatching(/^\d{8}T\d{6}Z-[0-9a-f]{6}\/.+@.+\/\d+\/\d+$/) as string,
      'package:commit': git(project, 'rev-parse', 'HEAD'),
      'package:version': project.run('--version').out.trim(),
      team: 'a',
      odd: '{{x}}',
    })
    for (const { ebs } of image?.blockDevices ?? []) expect(tags[ebs?.snapshotId ?? '']).toEqual(tags[id])
    expect(project.buildLeftovers()).toEqual([])

    const log = project.files().find((path) => path.startsWith('.package/logs/')) ?? ''
    expect(log).toMatch(/\/web\.log$/)
    expect(built.err).toContain('web:     amazon-ebs:   - web (1.0.0)')
    expect(project.read(log)).toContain('    amazon-ebs:   - web (1.0.0)\n')
    expect(project.builds()).toBe(1)

    // As a run that was killed before its last call leaves it.
    project.changeAccount((ec2) => delete ec2.tags[id]?.['odd'])
    const calls = project.read('packer.calls')
    const again = project.run('packer:run')
    expect(results(again.out)).toEqual([['unchanged', 'web', id]])
    expect(project.read('packer.calls')).toBe(calls)
    expect(project.account().tags).toEqual(tags)
  })

  test('is about to build as soon as one byte of what an image is made of changes; --dry-run changes nothing', () => {
    const project = new ImageProject()
    project.write('data_bags/codebases/other.json', '{"id":"other"}')
    expect(project.run('packer:run')).toMatchObject({ exit: 0 })
    const start = 'cookbooks/web/files/start.sh'
    const keptPaths = ['nodes.json', start, 'data_bags/codebases/api.json', '.package/sandbox/account.json']
    const changes: Record<string, () => void> = {
      'a field of the group': () =>
        project.changeGroup('web', (web) => (web['tags'] = { team: 'b', odd: '{{x}}' })),
      'an attribute of the role': () =>
        project.changeGroup('web', (web) => (web['default_attributes'] = { port: 81 })),
      'a file of a cookbook': () => project.write(start, '#!/bin/sh \n'),
      'its x bit': () => chmodSync(project.path(start), 0o755),
      'one more file of a cookbook': () => project.write('cookbooks/web/files/more', ''),
      'a data bag': () => project.write('data_bags/codebases/api.json', '{"id":"api" }\n'),
      'a newer source image': () => addNewerSource(project),
    }
    for (const [what, change] of Object.entries(changes)) {
      const kept = keptPaths.map((path) => [path, project.read(path)] as const)
      change()
      const before = contentsOf(project)
      const planned = project.run('packer:run', '--dry-run')
      expect.soft(results(planned.out), what).toEqual([['to build', 'web']])
      expect.soft(contentsOf(project), what).toEqual(before)
      rmSync(project.path('cookbooks/web/files/more'), { force: true })
      for (const [path, text] of kept) project.write(path, text)
      chmodSync(project.path(start), 0o644)
      expect.soft(results(project.run('packer:run', '--dry-run').out)[0]?.[0], what).toBe('unchanged')
    }
    project.write('cookbooks/web/files/more', '')
    const [first] = project.ownImages()
    expect(results(project.run('packer:run').out)).toEqual([
      ['built', 'web', project.ownImages()[1]?.imageId],
    ])
    expect(project.ownImages()[0]).toEqual(first)
  })

  test('says which files were out of date, and that not all are committed', () => {
    const project = new ImageProject()
    project.provisionWith('true')
    git(project, 'init', '-q')
    project.write('.gitignore', '/key.pem*\n')
    project.run('packer:create')
    git(project, 'add', '.')
    git(project, 'commit', '-qm', 'First')
    const head = git(project, 'rev-parse', 'HEAD')
    const commitOf = (age: number) => project.account().tags[project.ownImages()[age]?.imageId ?? '']

    project.write('cookbooks/other/metadata.rb', "name 'other'\n")
    const untracked = project.run('packer:run')
    expect(untracked.err).toContain(
      `not all files here are committed: what is made of them is tagged ${head}-dirty`,
    )
    expect(untracked.err).not.toContain('written anew')
    expect(commitOf(0)).toMatchObject({ 'package:commit': `${head}-dirty` })

    git(project, 'add', '.')
    git(project, 'commit', '-qm', 'Second')
    project.changeGroup('web', (web) => (web['default_attributes'] = { port: 81 }))
    rmSync(project.path('packer/web.json'))
    git(project, 'commit', '-qam', 'Third')
    const stale = project.run('packer:run')
    expect(stale.err).toContain('web: roles/web.json was out of date: it is written anew')
    expect(stale.err).toContain('web: packer/web.json was missing: it is written anew')
    expect(commitOf(1)).toMatchObject({ 'package:commit': `${git(project, 'rev-parse', 'HEAD')}-dirty` })
  })

  test('with --force builds anew, and instance:create launches what was built last', () => {
    const project = new ImageProject()
    project.provisionWith('true')
    expect(project.run('packer:run')).toMatchObject({ exit: 0 })
    const forced = project.run('packer:run', '--force')
    const [, second] = project.ownImages()
    expect(results(forced.out)).toEqual([['built', 'web', second?.imageId]])
    const created = project.run('instance:create', 'web', '--key', 'key.pem', '--name', 'one')
    expect(created, created.err).toMatchObject({ exit: 0 })
    const [instanceId = ''] = project.liveInstances()
    expect(project.account().instances[instanceId]?.imageId).toBe(second?.imageId)
  })

  test('builds several groups, at most -n at a time; one that fails stops no other', () => {
    const project = new ImageProject(groupsNamed('one', 'two', 'three', 'four', 'five'))
    project.provisionWith('[ "{{group}}" != two ] || { echo of two; exit 7; }')
    expect(project.run('packer:run', 'one')).toMatchObject({ exit: 0 })
    // Only now: an image that is named before the sandbox begins exists in it.
    project.changeGroup('four', (four) => (four['source_ami'] = { owner: '099720109477', name: 'no such*' }))
    const run = project.run('packer:run', '-n', '2')
    expect(run.exit).toBe(6)
    const log = project.files().find((path) => path.endsWith('/two.log')) ?? ''
    const named = results(run.out).filter(([status]) => status !== '')
    expect(named.map((line) => line.slice(0, 2))).toEqual([
      ['unchanged', 'one'],
      ['built', 'three'],
      ['built', 'five'],
      ['failed', 'two'],
      ['failed', 'four'],
    ])
    expect(run.out).toContain('Script exited with non-zero exit status: 7')
    expect(run.out).toContain(log)
    expect(run.out).toContain('no image of 099720109477 in eu-central-1 is named "no such*"')
    expect(run.err).toContain('two:     amazon-ebs: of two\n')
    expect(mostAtOnce(run.err)).toBe(2)
    const strays = run.err
      .split('\n')
      .filter((line) => !/^((one|two|three|four|five): |account |$)/.test(line))
    expect(strays).toEqual([])
    expect(project.ownImages()).toHaveLength(3)
    expect(project.buildLeftovers()).toEqual([])
  })
})

/** Where there is no Packer in any folder; the bundle is looked at as if it were installed. */
test('packer:run without Packer says how to install it, once, and only where an image is to be built', () => {
  const project = new ImageProject(groupsNamed('one', 'two'))
  const bundle = project.path('installed')
  cpSync(dirname(cli), bundle, { recursive: true })
  project.environment['PATH'] = project.path('bin')
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(bundle, 'package.cjs'), 'packer:run'],
    {
      cwd: project.folder,
      encoding: 'utf8',
      env: { ...process.env, ...project.environment },
    },
  )
  expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
  expect(stderr).toMatch(
    /error PACKER_MISSING: there is no Packer on PATH\n.*(apt-get|brew) install \S*packer/,
  )
  expect(stderr.match(/PACKER_MISSING/g)).toHaveLength(1)
  expect(project.run('packer:run', '--dry-run')).toMatchObject({ exit: 0 })
})
