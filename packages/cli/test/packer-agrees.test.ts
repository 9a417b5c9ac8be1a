import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { awkwardStrings } from './awkward-strings.ts'
import { fixture, nodesText, Project } from './project.ts'
import { checkout, describeWith, packerComplaints } from './tools.ts'

const everyField = {
  region: 'us-east-1',
  vpc: 'vpc-0123456789abcdef0',
  subnets: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
  instance_type: 't3.micro',
  ssh_username: 'admin',
  source_ami: { owner: '136693071363', name: 'debian-12-amd64-*', architecture: 'x86_64' },
  block_devices: [
    { device: '/dev/xvda', size_gib: 20, encrypted: true },
    {
      device: '/dev/xvdf',
      size_gib: 100,
      type: 'gp3',
      iops: 4000,
      throughput: 250,
      delete_on_termination: false,
    },
    { device: '/dev/xvdg', size_gib: 100, type: 'io2', iops: 100_000 },
    { device: '/dev/xvdi', size_gib: 1000, type: 'gp3', iops: 80_000, throughput: 2000 },
    { device: '/dev/xvdh', type: 'gp2', snapshot: 'snap-0123456789abcdef0' },
  ],
  tags: { team: 'web' },
}

function validated(packer: string, project: Project): string[] {
  const templates = readdirSync(project.path('packer')).filter((name) => name.endsWith('.json'))
  for (const name of templates) expect(packerComplaints(packer, project.folder, `packer/${name}`)).toBe('')
  return templates
}

describeWith('packer', 'the real Packer accepts', (packer) => {
  test('every template of the living nodes.json', () => {
    const project = new Project()
    for (const path of ['nodes.json', 'roles', 'packer']) {
      cpSync(join(checkout, path), project.path(path), { recursive: true })
    }
    cpSync(join(checkout, 'data_bags'), project.path('data_bags'), { recursive: true })
    mkdirSync(project.path('cookbooks'))
    expect(validated(packer, project).length).toBeGreaterThanOrEqual(12)
  })

  test('the templates of the seed', () => {
    const project = new Project({ 'nodes.json': fixture('seed/nodes.json') })
    expect(project.run('packer:create').exit).toBe(0)
    expect(validated(packer, project)).toHaveLength(2)
  })

  test('a template with every field, with and without cookbooks and data bags', () => {
    const group = { ...everyField, data_bags: ['codebases', 'users/admin', 'gone', 'gone/item'] }
    const nodes = { __settings__: { cookbook_paths: ['cookbooks', 'site-cookbooks/'] }, web: group }
    const project = new Project({ 'nodes.json': nodesText(nodes) })
    const without = project.run('packer:create')
    expect(without.err).toContain(
      'web: data_bags/ has no codebases, users/admin, gone, gone/item; the image is made without',
    )
    expect(validated(packer, project)).toHaveLength(1)

    project.write('cookbooks/web/recipes/default.rb', '')
    project.write('site-cookbooks/own/recipes/default.rb', '')
    project.write('vftp/metadata.rb', "name 'vftp'\n")
    project.write('data_bags/codebases/api.json', '{"id":"api"}')
    project.write('data_bags/users/admin.json', '{"id":"admin"}')
    expect(project.run('packer:create').err).toContain('web: data_bags/ has no gone, gone/item;')
    expect(validated(packer, project)).toHaveLength(1)
    const { provisioners } = project.json('packer/web.json') as { provisioners: { source?: string }[] }
    expect(provisioners.flatMap(({ source }) => (source === undefined ? [] : [source]))).toEqual([
      '{{template_dir}}/../nodes.json',
      '{{template_dir}}/../roles/web.json',
      '{{template_dir}}/../cookbooks/',
      '{{template_dir}}/../site-cookbooks/',
      '{{template_dir}}/../vftp',
      '{{template_dir}}/../data_bags/codebases/',
      '{{template_dir}}/../data_bags/users/admin.json',
    ])
  })

  test.each(['cinc', 'omnitruck', 'gem', 'none'])('a template that installs Chef by %s', (install) => {
    const project = new Project({
      'nodes.json': nodesText({ web: { ...everyField, chef: { install, version: '18.4' } } }),
    })
    expect(project.run('packer:create').exit).toBe(0)
    expect(validated(packer, project)).toHaveLength(1)
  })

  test('the template of a new project, as project:init leaves it', () => {
    const project = new Project()
    expect(project.run('project:init').exit).toBe(0)
    expect(project.run('packer:create').exit).toBe(0)
    expect(validated(packer, project)).toHaveLength(1)
  })

  test('every string that it can keep, and keeps it; what it cannot is left out and named', () => {
    const tags = Object.fromEntries(awkwardStrings.map((text, index) => [`tag${String(index)}`, text]))
    const project = new Project({ 'nodes.json': nodesText({ web: { ...everyField, tags } }) })
    const { exit, err } = project.run('packer:create')
    expect(exit).toBe(0)
    expect(validated(packer, project)).toHaveLength(1)
    const { builders } = project.json('packer/web.json') as { builders: [{ tags: Record<string, string> }] }
    const lost = Object.keys(tags).filter((name) => tags[name]?.includes('{{'))
    expect(err).toContain(`the template is without the tag ${lost.join(', ')}, which packer:run sets`)
    for (const [name, text] of Object.entries(tags)) {
      if (lost.includes(name)) continue
      expect(builders[0].tags[name]).toBe(text)
      if (/[\n\r]/.test(text)) continue // the console reads one line at a time
      const { stdout } = spawnSync(packer, ['console'], {
        input: `${text}\n`,
        encoding: 'utf8',
        cwd: project.folder,
      })
      expect(stdout).toBe(`${text}\n`)
    }
  })

  test('no "{{" of ours at all: the day it does, the tags above can be kept', () => {
    const { stdout } = spawnSync(packer, ['console'], { input: '{{`{{`}}x}}\n', encoding: 'utf8' })
    expect(stdout).toContain('function "x" not defined')
  })
})
