import { describe, expect, test } from 'vitest'

import { nodesText, Project, seedProject } from './project.ts'

describe('nodes:explain', () => {
  test('names the place of every value: base or group, and the line', () => {
    const { out } = seedProject().run('nodes:explain', '12_04-bee')
    const rows = out.split('\n').map((line) => line.split(/ {2,}/))
    const placeOf = (pointer: string) => rows.find(([name]) => name === pointer)?.at(-1)
    expect(placeOf('/region')).toBe('__base__, nodes.json:5')
    expect(placeOf('/instance_type')).toBe('12_04-bee, nodes.json:30')
    expect(placeOf('/autoscale/timeout')).toBe('12_04-bee, nodes.json:26')
    expect(placeOf('/security_groups/1')).toBe('__base__, nodes.json:8')
    expect(placeOf('/security_groups/2')).toBe('12_04-bee, nodes.json:31')
    expect(placeOf('/default_attributes/environment')).toBe('__base__, nodes.json:10')
    expect(placeOf('/default_attributes/other_key')).toBe('12_04-bee, nodes.json:33')
    expect(placeOf('/run_list/3')).toBe('12_04-bee, nodes.json:36')
    expect(placeOf('/post_run_list/1')).toBe('__base__, nodes.json:20')
    expect(out).toContain('run list of roles/12_04-bee.json:\n   1  recipe[seatgeek::base-server]\n')
    expect(out).toContain('\n   8  recipe[sudo::default]\n')
  })

  test('explains one value, however deep it lies', () => {
    const project = new Project({
      'nodes.json': nodesText({
        __base__: { default_attributes: { a: { b: 1 }, 'x/y': { '~': [1, { z: 2 }] } } },
        web: { default_attributes: { a: { c: 2 } } },
      }),
    })
    expect(project.run('nodes:explain', 'web', '/default_attributes/a').out).toContain(
      '{"c":2}  web, nodes.json:',
    )
    expect(project.run('nodes:explain', 'web', '/default_attributes/a/c').out).toContain(
      '2  web, nodes.json:',
    )
    expect(project.run('nodes:explain', 'web', '/default_attributes/a/b')).toMatchObject({ exit: 2 })
    expect(project.run('nodes:explain', 'web', '/default_attributes/x~1y/~0/1/z').out).toMatch(
      /2 {2}__base__, nodes.json:\d+\n/,
    )
  })

  test('shows what Chef makes of nested roles', () => {
    const nodes = {
      web: { run_list: ['role[role-common]', 'recipe[a]'], default_attributes: { x: { web: 1 } } },
      common: { run_list: ['recipe[b]'], default_attributes: { x: { common: 1 } } },
    }
    const { out } = new Project({ 'nodes.json': nodesText(nodes) }).run('nodes:explain', 'web')
    expect(out).toContain(
      'what Chef runs (roles: role-web, role-common):\n   1  b::default\n   2  a::default\n',
    )
    expect(out).toMatch(/"x": \{\s+"common": 1,\s+"web": 1\s+\}/)
  })
})

describe('warnings', () => {
  const warnings = (project: Project, action: string) => project.run(action).err.trimEnd().split('\n')

  test('of a role in a run list, and of one that no group makes', () => {
    const project = new Project({
      'nodes.json': nodesText({ web: { run_list: ['role[role-db]', 'role[seatgeek]'] }, db: {} }),
    })
    expect(warnings(project, 'role:create')).toEqual([
      'warning: web: role[role-db] is a role inside a run list: name its recipes instead, so that the run list shows what runs',
      expect.stringMatching(
        /^warning: web: role\[seatgeek\] .*; no group makes this role, so it must come from elsewhere$/,
      ),
    ])
  })

  test('of a recipe that another one of the list includes, directly or through others, where cookbooks show it', () => {
    const project = new Project({
      'nodes.json': nodesText({
        web: { run_list: ['recipe[app::web]', 'recipe[vftp]', 'recipe[git::client]', 'recipe[other]'] },
      }),
      'cookbooks/app/recipes/web.rb':
        'include_recipe "app::base"\n# include_recipe "other"\ninclude_recipe(name)\n',
      'cookbooks/app/recipes/base.rb': "include_recipe 'vftp'\n",
      'vftp/metadata.rb': "name 'vftp'\n",
      'vftp/recipes/default.rb': "  include_recipe('git::client')\n",
    })
    expect(warnings(project, 'nodes:validate')).toEqual([
      'warning: web: recipe[vftp::default] is already included by recipe[app::web]: leave it to that recipe',
      'warning: web: recipe[git::client] is already included by recipe[app::web]: leave it to that recipe',
      'warning: web: recipe[git::client] is already included by recipe[vftp::default]: leave it to that recipe',
    ])
  })

  test('of rules that let the whole internet in, other than to a web server', () => {
    const rule = (ports: string, ...from: string[]) => ({ protocol: 'tcp', ports, from })
    const project = new Project({
      'nodes.json': nodesText({
        __settings__: { sources: { all: ['0.0.0.0/0'], office: ['203.0.113.0/24'] } },
        __security_groups__: {
          web: { ingress: [rule('80', '0.0.0.0/0'), rule('443', '::/0'), rule('22', 'office', 'my-ip')] },
          lax: { ingress: [rule('22', '::/0'), rule('0-65535', 'all')] },
        },
      }),
    })
    expect(warnings(project, 'nodes:validate')).toEqual([
      'warning: lax lets the whole internet in: tcp 22',
      'warning: lax lets the whole internet in: tcp 0-65535',
    ])
  })

  test('of one recipe in two versions, and of a folder of cookbooks that is not there', () => {
    const project = new Project({
      'nodes.json': nodesText({
        __settings__: { cookbook_paths: ['cookboks'] },
        web: { run_list: ['recipe[a@1.2]', 'recipe[a@1.3]'] },
      }),
    })
    expect(warnings(project, 'nodes:validate')).toEqual([
      'warning: cookbook_paths names cookboks, where no cookbook is',
      'warning: web: a::default is asked for in version 1.2 and in 1.3: Chef will refuse to run this',
    ])
  })

  test('of Chef 19 as a gem, which stops without a licence key', () => {
    const project = new Project({
      'nodes.json': nodesText({ web: { chef: { install: 'gem', version: '19' } } }),
    })
    expect(warnings(project, 'nodes:validate')).toEqual([
      'warning: web: the gem of Chef 19 stops without a licence key; take version 18, or "cinc"',
    ])
  })
})
