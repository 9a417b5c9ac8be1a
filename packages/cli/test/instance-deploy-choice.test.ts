import { expect, test } from 'vitest'

import { DeployProject, statusesOf } from './deploy-project.ts'

test('--retry-failed forgets no host, whatever was deployed in between', { timeout: 120_000 }, () => {
  const project = new DeployProject({ app: {}, web: {}, db: {} })
  const [app = ''] = project.launch('app', 1)
  const [web = ''] = project.launch('web', 1)
  project.launch('db', 1)
  for (const id of [app, web]) project.chef(id, 'exit 9')
  const first = project.deploy()
  expect(first.exit).toBe(6)
  expect(project.deploy('db').exit).toBe(0)
  project.chef(app, 'exit 0')
  expect(statusesOf(project.deploy('--retry-failed', 'app'))).toEqual({ [app]: 'converged' })
  expect(statusesOf(project.deploy('--retry-failed'))).toEqual({ [web]: 'failed' })
  project.chef(web, 'exit 0')
  expect(statusesOf(project.deploy('--retry-failed'))).toEqual({ [web]: 'converged' })
  expect(project.deploy('--retry-failed')).toMatchObject({ exit: 0, hosts: [] })
})

test('a Name that nobody has is no success', { timeout: 60_000 }, () => {
  const project = new DeployProject()
  project.launch('web', 1)
  expect(project.run('instance:deploy', '--name', 'nope')).toMatchObject({
    exit: 4,
    err: expect.stringContaining('no instance of web named nope runs') as string,
  })
})

test('--last stands alone', { timeout: 60_000 }, () => {
  const project = new DeployProject()
  for (const words of [['web'], ['-n', '3'], ['--dry-run']]) {
    expect(project.run('instance:deploy', '--last', ...words)).toMatchObject({
      exit: 2,
      err: expect.stringContaining('--last stands alone') as string,
    })
  }
})

test.each([['--key', 'key.pem'], ['--user', 'admin'], ['--address', 'private'], ['--accept-new-host-keys']])(
  '--via ssm is not given %s, which nobody would heed',
  { timeout: 60_000 },
  (option, ...value) => {
    const { exit, err } = new DeployProject().run('instance:deploy', '--via', 'ssm', option, ...value)
    expect({ exit, err }).toMatchObject({
      exit: 2,
      err: expect.stringContaining(`has no ${option}`) as string,
    })
    expect(err).toContain(`leave ${option} out`)
  },
)

test(
  'what Chef could not read is named before any host; recipes that are not there, too',
  { timeout: 60_000 },
  () => {
    const project = new DeployProject({ web: { data_bags: ['users'], run_list: ['recipe[nowhere]'] } })
    const [id = ''] = project.launch('web', 1)
    project.chef(id, 'exit 0')
    project.write('data_bags/users/admin.json', '{"id": "admin",\n "password": hunter2-REAL}\n')
    const { exit: refused, err } = project.run('instance:deploy')
    expect(refused).toBe(3)
    expect(err).toMatch(/DATA_BAG_INVALID[^]*data_bags\/users\/admin\.json:2:14/)
    expect(err).not.toContain('hunter2')
    expect(project.has('.package/runs')).toBe(false)
    project.write('data_bags/users/admin.json', '{"id": "admin"}')
    const { exit, texts } = project.deploy()
    expect(exit).toBe(0)
    expect(texts).toContain('web: recipe[nowhere]: there is no cookbook nowhere in cookbooks')
  },
)
