import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync } from 'node:fs'

import { describe, expect, test } from 'vitest'

import { keys } from './invalid-nodes/keys.ts'
import { rules } from './invalid-nodes/rules.ts'
import { syntax } from './invalid-nodes/syntax.ts'
import { values } from './invalid-nodes/values.ts'
import { cli, nodesText, Project } from './project.ts'

const cases = [...syntax, ...keys, ...values, ...rules]

/** Every way in which nodes.json can be wrong: exit code 3, the place, one sentence, and nothing written. */
describe('an invalid nodes.json', () => {
  test.each(cases)('$name', ({ text, at, pointer, says }) => {
    const project = new Project({ 'nodes.json': text })
    const { exit, out, err } = project.run('role:create')
    expect(err).toContain(`nodes.json:${at}  `)
    expect(err).toContain(says)
    if (pointer !== undefined) expect(err).toContain(`(${pointer})`)
    expect({ exit, out }).toEqual({ exit: 3, out: '' })
    expect(project.files()).toEqual(['nodes.json'])
  })

  test('shows all problems at once, in the order of the file', () => {
    const project = new Project({ 'nodes.json': nodesText({ b: { region: 1 }, a: { zones: 1, contt: 2 } }) })
    expect(project.run('nodes:validate').err.trimEnd().split('\n')).toEqual([
      'error NODES_INVALID: nodes.json has 3 problems',
      '  nodes.json:3:15  must be a string, not a number  (/b/region)',
      '  nodes.json:6:14  must be a list, not a number  (/a/zones)',
      '  nodes.json:7:5  unknown key "contt"; did you mean "count"?  (/a/contt)',
    ])
  })

  test('a problem of the base is shown once, however many groups inherit it', () => {
    const groups = Object.fromEntries(
      Array.from({ length: 50 }, (_group, index) => [`g${String(index)}`, {}]),
    )
    const project = new Project({
      'nodes.json': nodesText({ __base__: { depends_on: ['nobody'] }, ...groups }),
    })
    expect(project.runJson('nodes:validate')['problems']).toHaveLength(1)
  })
})

/** What is wrong before there is any text. */
describe('a nodes.json that cannot be read', () => {
  const refused = (project: Project, says: string) => {
    const { exit, out, err } = project.run('role:create')
    expect(err).toContain(says)
    expect(err.trimEnd().split('\n').length).toBeLessThanOrEqual(2)
    expect({ exit, out, files: project.files().filter((path) => path !== 'nodes.json') }).toEqual({
      exit: 3,
      out: '',
      files: [],
    })
  }

  test('a missing file', () => refused(new Project(), 'there is no nodes.json in'))
  test('an empty file', () => refused(new Project({ 'nodes.json': '' }), 'is empty'))
  test('a file of white space', () => refused(new Project({ 'nodes.json': ' \n' }), 'is empty'))
  test('a file that is not UTF-8', () =>
    refused(new Project({ 'nodes.json': Buffer.from([0x7b, 0xff, 0xfe, 0x7d]) }), 'is not UTF-8 text'))
  test('a file in UTF-16', () =>
    refused(new Project({ 'nodes.json': Buffer.from('\ufeff{}', 'utf16le') }), 'is not UTF-8 text'))
  test('a file of 65 MB', () =>
    refused(new Project({ 'nodes.json': `{}${' '.repeat(65_000_000)}` }), 'is 66 MB; the limit is 64 MB'))
  test('a folder', () => {
    const project = new Project()
    mkdirSync(project.path('nodes.json'))
    refused(project, 'is a folder, not a file')
  })

  test('a project that -C names and that is none', () => {
    const project = new Project({ 'nodes.json': '{}', 'other/x': '' })
    const { exit, err } = project.run('nodes:list', '-C', 'other')
    expect({ exit, err }).toMatchObject({
      exit: 3,
      err: expect.stringContaining('package project:init -C other') as string,
    })
  })

  test.runIf(process.getuid?.() === 0)('a file that an unprivileged user may not read', () => {
    const project = new Project({ 'nodes.json': '{}' })
    chmodSync(project.folder, 0o755)
    chmodSync(project.path('nodes.json'), 0o000)
    const { status, stderr } = spawnSync(process.execPath, [cli, 'role:create'], {
      cwd: project.folder,
      encoding: 'utf8',
      uid: 65534,
      gid: 65534,
    })
    expect(stderr).toContain('nodes.json cannot be read (EACCES)')
    expect(status).toBe(3)
  })

  test('a byte order mark is no problem', () => {
    expect(new Project({ 'nodes.json': '\ufeff{}' }).run('nodes:validate').exit).toBe(0)
  })
})
