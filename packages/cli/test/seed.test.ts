import { describe, expect, test } from 'vitest'

import { fixture, Project, seedProject } from './project.ts'

describe('the nodes.json of the seed', () => {
  test('gives the role that the seed lists', () => {
    const project = seedProject()
    expect(project.run('role:create', '12_04-bee')).toMatchObject({
      exit: 0,
      out: 'created    roles/12_04-bee.json\n',
    })
    expect(project.read('roles/12_04-bee.json')).toBe(fixture('seed/roles/12_04-bee.json'))
    expect(Object.keys(project.json('roles/12_04-bee.json'))).toEqual([
      'name',
      'chef_type',
      'json_class',
      'description',
      'override_attributes',
      'default_attributes',
      'run_list',
    ])
  })

  test('gives the Packer builder that the seed lists, without credentials', () => {
    const project = seedProject()
    expect(project.run('packer:create', '12_04-bee').exit).toBe(0)
    const { builders } = project.json('packer/12_04-bee.json') as { builders: object[] }
    expect(builders).toHaveLength(1)
    expect(builders[0]).toMatchObject({
      type: 'amazon-ebs',
      region: 'us-east-1',
      source_ami: 'ami-1ebb2077',
      instance_type: 'm1.large',
      ssh_username: 'ubuntu',
      ami_name: '12_04-bee {{timestamp}}',
    })
    expect(project.read('packer/12_04-bee.json')).not.toMatch(/access_key|secret_key/)
  })

  test('gives the DNA file that the seed lists, and the role it depends on', () => {
    const project = seedProject()
    expect(project.run('autoscale:create', '12_04-bee').exit).toBe(0)
    expect(project.read('dna/asg/12_04-bee.json')).toBe(fixture('seed/dna/asg/12_04-bee.json'))
    expect(project.read('roles/12_04-bee.json')).toBe(fixture('seed/roles/12_04-bee.json'))
  })

  test('has one autoscale group: the base says false, an object replaces it', () => {
    const project = seedProject()
    expect(project.run('autoscale:create').out).toBe(
      'created    roles/12_04-bee.json\ncreated    dna/asg/12_04-bee.json\n',
    )
    const refused = project.run('autoscale:create', '12_04-www')
    expect(refused.exit).toBe(3)
    expect(refused.err).toContain('12_04-www has no autoscale group')
  })

  test('with its stray single quote is refused at the quote', () => {
    const text = fixture('seed/nodes.json').replace('"12_04-bee-ec2 instance,', "'12_04-bee-ec2 instance,")
    const refused = new Project({ 'nodes.json': text }).run('role:create')
    expect(refused).toMatchObject({ exit: 3, out: '' })
    expect(refused.err).toContain('nodes.json:24:20  strings are written in double quotes, not single quotes')
  })

  test('every name of the action does the same, and says what it did', () => {
    const project = seedProject()
    const statuses = ['role:create', 'role:update', 'roles:create', 'roles:update'].map(
      (action) => project.run(action).out,
    )
    expect(statuses[0]).toBe('created    roles/12_04-bee.json\ncreated    roles/12_04-www.json\n')
    expect(new Set(statuses.slice(1))).toEqual(new Set([statuses[0]?.replaceAll('created  ', 'unchanged')]))
    project.write(
      'nodes.json',
      project.read('nodes.json').replace('recipe[seatgeek-service::djjob]', 'recipe[a::b]'),
    )
    expect(project.run('roles:update', '12_04-bee').out).toBe('updated    roles/12_04-bee.json\n')
  })
})
