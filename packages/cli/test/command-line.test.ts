import { spawnSync } from 'node:child_process'
import { existsSync, openSync } from 'node:fs'

import { describe, expect, test } from 'vitest'

import { cli, fixture, nodesText, Project } from './project.ts'

const seed = () => new Project({ 'nodes.json': fixture('seed/nodes.json') })

describe('a wrong command line', () => {
  test.each([
    [['role:creat'], 'there is no action "role:creat"; did you mean "role:create"?'],
    [['roles:updat'], 'did you mean "roles:update"?'],
    [['frobnicate'], 'there is no action "frobnicate"\n'],
    [['role:create', '--dryrun'], 'role:create has no option --dryrun; did you mean "--dry-run"?'],
    [['role:create', '-z'], 'role:create has no option -z'],
    [['nodes:list', '--dry-run'], 'nodes:list has no option --dry-run'],
    [['nodes:list', '--output', 'yaml'], '--output is human or json, not "yaml"'],
    [['nodes:list', '--output'], '--output needs a value'],
    [['role:create', '--dry-run=1'], '--dry-run=1: a flag is given alone, or with =true or =false'],
    [['nodes:list', '12_04-bee'], 'nodes:list takes no group or other word, but was given "12_04-bee"'],
    [['role:create', '12_04-be'], 'there is no group "12_04-be"; did you mean "12_04-bee"?'],
    [['role:create', 'toString'], 'there is no group "toString"'],
    [['role:create', '__base__'], 'there is no group "__base__"'],
    [['nodes:explain'], 'nodes:explain needs a group'],
    [['nodes:explain', '12_04-bee', 'region'], 'is not a JSON pointer: it begins with a slash'],
    [['nodes:explain', '12_04-bee', '/regoin'], 'has nothing at /regoin; did you mean "/region"?'],
    [['nodes:explain', '12_04-bee', '/run_list/99'], 'has nothing at /run_list/99'],
  ])('%j is exit code 2 and says so', (words, says) => {
    const project = seed()
    const { exit, out, err } = project.run(...words)
    expect(err).toContain(says)
    expect({ exit, out }).toEqual({ exit: 2, out: '' })
    expect(err).not.toContain('    at ')
    expect(project.files()).toEqual(['nodes.json'])
  })

  test('is answered in the output format that it asks for', () => {
    const { exit, out, err } = seed().run('role:creat', '--output', 'json')
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object)
    expect({ exit, err }).toEqual({ exit: 2, err: '' })
    expect(lines).toEqual([
      { type: 'version', format: 1, version: '0.1.0' },
      {
        type: 'error',
        kind: 'usage',
        code: 'UNKNOWN_ACTION',
        text: 'there is no action "role:creat"; did you mean "role:create"?',
        hint: 'package --help',
        problems: [],
        exit: 2,
      },
    ])
  })
})

describe('groups', () => {
  test('several may be named, in any order and twice; they are done once, in the order of the file', () => {
    expect(seed().run('role:create', '12_04-www', '12_04-bee', '12_04-www').out).toBe(
      'created    roles/12_04-bee.json\ncreated    roles/12_04-www.json\n',
    )
  })

  test('whose names are numbers stay names', () => {
    const project = new Project({ 'nodes.json': nodesText({ '007': {}, '1e3': {} }) })
    expect(project.run('role:create', '007', '1e3').exit).toBe(0)
    expect(project.files()).toEqual(['nodes.json', 'roles/007.json', 'roles/1e3.json'])
  })

  test('a file without groups is nothing to do', () => {
    const project = new Project({ 'nodes.json': '{}' })
    expect(project.run('role:create')).toEqual({ exit: 0, out: 'nothing to do\n', err: '' })
    expect(project.run('packer:create').exit).toBe(0)
    expect(project.run('autoscale:create').exit).toBe(0)
    expect(project.files()).toEqual(['nodes.json'])
  })
})

describe('the project', () => {
  test('is the nearest folder above that holds a nodes.json', () => {
    const project = seed()
    project.write('deep/er/x', '')
    expect(project.run('nodes:list', '-C', '.').exit).toBe(0)
    const inner = project.run('role:create', '-C', 'deep/er')
    expect(inner).toMatchObject({ exit: 3, out: '' })
    project.write('deep/nodes.json', '{"inner": {}}')
    expect(project.run('role:create', '--directory', 'deep').out).toBe('created    roles/inner.json\n')
    expect(project.has('deep/roles/inner.json')).toBe(true)
  })
})

describe('--dry-run', () => {
  test('shows a unified diff against what is on disk, and changes nothing', () => {
    const project = seed()
    project.run('role:create')
    const before = project.read('roles/12_04-bee.json')
    project.write(
      'nodes.json',
      project.read('nodes.json').replace('"other_key": "value"', '"other_key": "changed"'),
    )
    project.write('roles/.x.json.999999999.package-tmp', '')
    const { exit, out } = project.run('role:create', '--dry-run')
    expect(exit).toBe(0)
    expect(out).toBe(`--- a/roles/12_04-bee.json
+++ b/roles/12_04-bee.json
@@ -7,7 +7,7 @@
   "default_attributes": {
     "environment": "production",
     "key": "value",
-    "other_key": "value"
+    "other_key": "changed"
   },
   "run_list": [
     "recipe[seatgeek::base-server]",
unchanged  roles/12_04-www.json
`)
    expect(project.read('roles/12_04-bee.json')).toBe(before)
    expect(project.has('roles/.x.json.999999999.package-tmp')).toBe(true)
  })

  test('of every action that writes shows new files whole, and makes no folder', () => {
    for (const action of ['role:create', 'packer:create', 'autoscale:create']) {
      const project = seed()
      const { exit, out } = project.run(action, '--dry-run')
      expect(exit).toBe(0)
      expect(out).toContain('--- /dev/null\n+++ b/roles/12_04-bee.json\n@@ -0,0 +1,')
      expect(project.files()).toEqual(['nodes.json'])
    }
    const empty = new Project()
    expect(empty.run('project:init', '--dry-run').out).toContain('+++ b/nodes.json')
    expect(empty.files()).toEqual([])
  })

  test('is a patch that git applies', () => {
    const project = seed()
    const { out } = project.run('packer:create', '12_04-bee', '--dry-run')
    expect(out.startsWith('--- /dev/null')).toBe(true)
    const { data } = project.runJson('packer:create', '12_04-bee', '--dry-run') as {
      data: { dry_run: boolean; files: { path: string; status: string; diff: string }[] }
    }
    expect(data.dry_run).toBe(true)
    expect(data.files.map(({ path, status }) => `${status} ${path}`)).toEqual([
      'created roles/12_04-bee.json',
      'created packer/12_04-bee.json',
    ])
  })
})

describe('--output json', () => {
  test('gives a version line, the events, and the result', () => {
    const nodes = { web: { run_list: ['role[role-db]'] }, db: {} }
    const project = new Project({ 'nodes.json': nodesText(nodes) })
    const { exit, out, err } = project.run('role:create', '--output=json')
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect({ exit, err }).toEqual({ exit: 0, err: '' })
    expect(lines.map(({ type }) => type)).toEqual(['version', 'event', 'result'])
    expect(lines[1]).toMatchObject({ type: 'event', code: 'RUN_LIST', group: 'web' })
    expect(new Date(String(lines[1]?.['time'])).getTime()).toBeGreaterThan(0)
    expect(lines[2]).toEqual({
      type: 'result',
      action: 'role:create',
      exit: 0,
      data: {
        dry_run: false,
        files: [
          { path: 'roles/web.json', status: 'created' },
          { path: 'roles/db.json', status: 'created' },
        ],
      },
    })
  })

  test('gives problems as data', () => {
    const project = new Project({ 'nodes.json': nodesText({ web: { region: 1 } }) })
    expect(project.runJson('nodes:validate')).toEqual({
      type: 'error',
      kind: 'config',
      code: 'NODES_INVALID',
      text: 'nodes.json has a problem',
      problems: [
        {
          file: 'nodes.json',
          line: 3,
          column: 15,
          pointer: '/web/region',
          text: 'must be a string, not a number',
        },
      ],
      exit: 3,
    })
  })
})

const actionNames = [
  'project:init',
  'nodes:validate',
  'nodes:list',
  'nodes:explain',
  'role:create',
  'packer:create',
  'autoscale:create',
]

describe('what people see', () => {
  test('has no colours where nobody sees them', () => {
    const { err } = seed().runWith({ FORCE_COLOR: '1' }, 'role:creat')
    expect(err).not.toContain('\u001b')
  })

  test('--version is the version alone, --help lists every action with its summary', () => {
    const project = new Project()
    expect(project.run('--version')).toEqual({ exit: 0, out: '0.1.0\n', err: '' })
    const { exit, out } = project.run('--help')
    expect(exit).toBe(0)
    for (const name of actionNames) {
      expect(out).toContain(`package ${name}`)
    }
    expect(project.run().out).toBe(out)
    expect(project.run('help').out).toBe(out)
  })

  test.each(actionNames)('%s --help has examples', (action) => {
    const { exit, out } = new Project().run(action, '--help')
    expect(exit).toBe(0)
    expect(out).toMatch(new RegExp(`Examples:\\n +package ${action}`))
    expect(new Project().run('help', action).out).toBe(out)
  })

  test('help of an alias is that of its action; of nothing, an error', () => {
    const project = new Project()
    expect(project.run('roles:update', '--help').out).toContain(
      'The same work: role:update, roles:create, roles:update',
    )
    expect(project.run('role:creat', '--help')).toMatchObject({ exit: 2, out: '' })
  })

  test('nodes:list shows how many of what, where', () => {
    expect(seed().run('nodes:list').out).toBe(
      [
        'GROUP      NODES    TYPE       REGION     DESCRIPTION',
        '12_04-bee  asg 2-2  m1.large   us-east-1  12_04-bee-ec2 instance, responsible for worker processes',
        '12_04-www  one-off  m3.xlarge  us-east-1  www-ec2 instance, responsible for the seatgeek frontend site',
        '',
      ].join('\n'),
    )
  })
})

describe('output that cannot be written', () => {
  const intoFull = (...words: string[]) => {
    const full = openSync('/dev/full', 'w')
    const { folder } = seed()
    return spawnSync(process.execPath, [cli, ...words], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', full, 'pipe'],
    })
  }

  test.runIf(existsSync('/dev/full'))('is a failure of the system, without a stack trace', () => {
    const { status, stderr } = intoFull('nodes:list')
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'error OUTPUT: the output cannot be written (ENOSPC)\n',
    })
    expect(intoFull('nodes:list', '--output', 'json')).toMatchObject({ status: 1, stderr: '' })
  })

  test('is no failure where the reader has seen enough', () => {
    const { folder } = seed()
    const { stdout, stderr, status } = spawnSync(
      'bash',
      ['-c', `set -o pipefail; '${process.execPath}' '${cli}' --help | head -n 1`],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    )
    expect({ stdout, stderr, status }).toEqual({
      stdout: 'package <namespace>:<action> [group...] [options]\n',
      stderr: '',
      status: 0,
    })
  })
})

test('a working directory that is gone is said, not guessed', () => {
  const { folder } = seed()
  const script = `mkdir gone && cd gone && rmdir ../gone && '${process.execPath}' '${cli}' nodes:list`
  const { status, stderr } = spawnSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8' })
  expect(status).toBe(3)
  expect(stderr).toContain('the working directory does not exist any more')
})
