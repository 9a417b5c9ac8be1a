import { describe, expect, test } from 'vitest'

import { Project } from './project.ts'

describe('project:init', () => {
  test('gives a project in which every action works', () => {
    const project = new Project()
    expect(project.run('project:init').exit).toBe(0)
    expect(project.files()).toEqual(
      [
        '.gitignore',
        'cookbooks/.gitkeep',
        'data_bags/.gitkeep',
        'dna/asg/.gitkeep',
        'dna/instance/.gitkeep',
        'nodes.json',
        'nodes.schema.json',
        'packer/.gitkeep',
        'roles/.gitkeep',
      ].sort((a, b) => a.localeCompare(b)),
    )
    for (const action of [
      'nodes:validate',
      'role:create',
      'packer:create',
      'autoscale:create',
      'nodes:list',
    ]) {
      expect(project.run(action)).toMatchObject({ exit: 0, err: '' })
    }
    expect(project.read('.gitignore')).toContain('.package/')
  })

  test('names the project after its folder', () => {
    const project = new Project()
    expect(project.run('project:init', '-C', 'My Fleet (EU)').exit).toBe(0)
    const { __settings__ } = project.json('My Fleet (EU)/nodes.json') as { __settings__: { project: string } }
    expect(__settings__.project).toBe('my-fleet-eu')
    expect(project.run('nodes:validate', '-C', 'My Fleet (EU)').exit).toBe(0)
  })

  test('never overwrites', () => {
    const project = new Project({ 'nodes.json': '{ "mine": {} }', '.gitignore': 'mine\n' })
    const { exit, out } = project.run('project:init')
    expect(exit).toBe(0)
    expect(out).toContain('kept       nodes.json\n')
    expect(out).toContain('kept       .gitignore\n')
    expect(out).toContain('created    roles/.gitkeep\n')
    expect(project.read('nodes.json')).toBe('{ "mine": {} }')
    expect(project.read('.gitignore')).toBe('mine\n')
    const files = project.files()
    expect(project.run('project:init').out).not.toContain('created')
    expect(project.files()).toEqual(files)
  })
})
