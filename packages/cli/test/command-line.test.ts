import { spawnSync } from 'node:child_process'

import { describe, expect, test } from 'vitest'

import { cli, nodesText, Project, seedProject } from './project.ts'

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
    const project = seedProject()
    const { exit, out, err } = project.run(...words)
    expect(err).toContain(says)
    expect({ exit, out }).toEqual({ exit: 2, out: '' })
    expect(err).not.toContain('    at ')
    expect(project.files()).toEqual(['nodes.json'])
  })

  test('is answered in the output format that it asks for', () => {
    const { exit, out, err } = seedProject().run('role:creat', '--output', 'json')
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
    expect(seedProject().run('role:create', '12_04-www', '12_04-bee', '12_04-www').out).toBe(
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
    const project = seedProject()
    project.write('deep/er/x', '')
    expect(project.run('nodes:list', '-C', '.').exit).toBe(0)
    const inner = project.run('role:create', '-C', 'deep/er')
    expect(inner).toMatchObject({ exit: 3, out: '' })
    project.write('deep/nodes.json', '{"inner": {}}')
    expect(project.run('role:create', '--directory', 'deep').out).toBe('created    roles/inner.json\n')
    expect(project.has('deep/roles/inner.json')).toBe(true)
  })
})

test('a working directory that is gone is said, not guessed', () => {
  const { folder } = seedProject()
  const script = `mkdir gone && cd gone && rmdir ../gone && '${process.execPath}' '${cli}' nodes:list`
  const { status, stderr } = spawnSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8' })
  expect(status).toBe(3)
  expect(stderr).toContain('the working directory does not exist any more')
})
