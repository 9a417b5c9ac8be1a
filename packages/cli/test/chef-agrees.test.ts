import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { explained, layOutBundle, whyRun } from './chef-solo.ts'
import { fixture, nodesText, Project } from './project.ts'
import { checkout, describeWith } from './tools.ts'

const dnaOf = (group: string) => nodesText({ id: group, run_list: [`role[role-${group}]`] })

/** The expansion as Chef and nodes:explain give it, in one shape. */
function both(chefSolo: string, project: Project, group: string) {
  const dna = `dna/asg/${group}.json`
  if (!project.has(dna)) project.write(dna, dnaOf(group))
  const { exit, log, node } = whyRun(chefSolo, project, dna)
  const { recipes, roles, default_attributes, override_attributes } = explained(project, group)
  return { exit, log, chef: node, ours: { recipes, roles, default_attributes, override_attributes } }
}

function projectOf(nodes: string): Project {
  const project = new Project({ 'nodes.json': nodes })
  for (const action of ['role:create', 'autoscale:create']) expect(project.run(action).exit).toBe(0)
  layOutBundle(project)
  return project
}

const nested = nodesText({
  __base__: {
    run_list: ['recipe[base]'],
    default_attributes: { shared: { from: 'base' }, toString: { valueOf: 1 }, list: [1, 2] },
  },
  outer: {
    run_list: ['role[role-inner]', 'recipe[versioned@1.2]', 'recipe[base]', 'recipe[last::one]'],
    default_attributes: { deep: { a: 1, b: { c: 2 } }, list: [3, 1], text: 'a "b" \\ {{c}} <&> \n é 𝒳' },
    override_attributes: { level: 'outer', nested: { x: 1 } },
  },
  inner: {
    run_list: ['recipe[early]', 'role[role-innermost]', 'recipe[versioned@1.2]', 'recipe[exact@1.2.3]'],
    default_attributes: { deep: { a: 9, b: { d: 3 } }, list: [2, 2, 4], only: 'inner' },
    override_attributes: { level: 'inner', nested: { y: 2 } },
  },
  innermost: {
    run_list: ['recipe[deepest]', 'role[role-outer]'],
    default_attributes: { deep: { a: 8, e: [{ f: 1, g: 2 }] }, only: 'innermost' },
  },
})

describeWith('chef-solo', 'Chef agrees with nodes:explain', (chefSolo) => {
  test('on nested roles, a circle of them, versions, overrides and lists', { timeout: 240_000 }, () => {
    const project = projectOf(nested)
    for (const group of ['outer', 'inner', 'innermost']) {
      const { exit, log, chef, ours } = both(chefSolo, project, group)
      expect({ exit, log: exit === 0 ? '' : log }).toEqual({ exit: 0, log: '' })
      expect(chef).toEqual(ours)
    }
  })

  test('on the nodes.json of the seed', { timeout: 240_000 }, () => {
    const project = projectOf(fixture('seed/nodes.json'))
    for (const group of ['12_04-bee', '12_04-www']) {
      const { exit, chef, ours } = both(chefSolo, project, group)
      expect(exit).toBe(0)
      expect(chef).toEqual(ours)
    }
  })

  test('on the living nodes.json: every role and DNA file loads', { timeout: 600_000 }, () => {
    const project = new Project()
    for (const path of ['nodes.json', 'roles', 'dna']) {
      cpSync(join(checkout, path), project.path(path), { recursive: true })
    }
    layOutBundle(project)
    const groups = readdirSync(join(checkout, 'roles')).map((file) => file.replace(/\.json$/, ''))
    expect(groups.length).toBeGreaterThanOrEqual(12)
    for (const group of groups) {
      const { exit, log, chef, ours } = both(chefSolo, project, group)
      expect({ group, exit, log: exit === 0 ? '' : log }).toEqual({ group, exit: 0, log: '' })
      expect(chef).toEqual(ours)
    }
    expect(readFileSync(project.path('bundle/expansion.json'), 'utf8')).toContain('seatgeek::base-server')
  })

  test(
    'on what it refuses: a role that is missing, and two versions of one recipe',
    { timeout: 240_000 },
    () => {
      const project = projectOf(
        nodesText({
          foreign: { run_list: ['role[monitoring]'] },
          versions: { run_list: ['recipe[a@1.2]', 'recipe[a@1.3]'] },
        }),
      )
      project.write('dna/foreign.json', dnaOf('foreign'))
      expect(explained(project, 'foreign').foreign_roles).toEqual(['monitoring'])
      expect(whyRun(chefSolo, project, 'dna/foreign.json')).toMatchObject({ exit: 1 })
      project.write('dna/versions.json', dnaOf('versions'))
      const refused = whyRun(chefSolo, project, 'dna/versions.json')
      expect(refused.exit).toBe(1)
      expect(refused.log).toContain('Run list requires a::default at versions 1.2 and 1.3')
      expect(explained(project, 'versions').version_conflicts).toEqual([
        'a::default is asked for in version 1.2 and in 1.3',
      ])
    },
  )
})
