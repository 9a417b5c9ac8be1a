import { describe, expect, test } from 'vitest'

import { nodesText, Project } from './project.ts'

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
