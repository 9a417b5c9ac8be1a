import { describe, expect, test } from 'vitest'

import { DeployProject } from './deploy-project.ts'
import { Project, seedProject } from './project.ts'

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
    const { err } = seedProject().runWith({ FORCE_COLOR: '1' }, 'role:creat')
    expect(err).not.toContain('\u001b')
  })

  test('what a host says does nothing to the terminal', { timeout: 60_000 }, () => {
    const project = new DeployProject()
    const [id = ''] = project.launch('web', 1)
    project.chef(id, String.raw`printf 'FATAL: \033[2J\033[31mboom\007\n'; exit 1`)
    const { exit, out, err } = project.run('instance:deploy', '--key', 'key.pem')
    expect(exit).toBe(1)
    expect(err).toContain(' exit code 1: ?[2J?[31mboom?\n')
    expect(out).toContain(' exit code 1: ?[2J?[31mboom?\n')
    expect(out + err).not.toMatch(/(?!\n)\p{Cc}/u)
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
    expect(seedProject().run('nodes:list').out).toBe(
      [
        'GROUP      NODES    TYPE       REGION     DESCRIPTION',
        '12_04-bee  asg 2-2  m1.large   us-east-1  12_04-bee-ec2 instance, responsible for worker processes',
        '12_04-www  one-off  m3.xlarge  us-east-1  www-ec2 instance, responsible for the seatgeek frontend site',
        '',
      ].join('\n'),
    )
  })
})
