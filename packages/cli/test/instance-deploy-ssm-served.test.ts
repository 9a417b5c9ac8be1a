import { expect, test } from 'vitest'

import { deployRun } from './deploy-project.ts'
import { serveSandbox } from './served-sandbox.ts'
import { SsmProject } from './ssm-project.ts'

const words = ['instance:deploy', '--via', 'ssm', '--output', 'json']

test('bundles are fetched in an account whose clock is ahead', { timeout: 120_000 }, async () => {
  const project = new SsmProject()
  const ids = project.launch('web', 2)
  project.pass(7_200_000)
  project.environment['PACKAGE_POLL_INTERVAL'] = '0.5'
  await serveSandbox(project, 1)
  const { exit, hosts } = deployRun(await project.start(...words))
  expect(hosts.map(({ status, bundle }) => [status, bundle])).toEqual(ids.map(() => ['converged', 'sent']))
  expect(exit).toBe(0)
})

test(
  'what is begun while bundles can be fetched goes by the clock of the account',
  { timeout: 120_000 },
  async () => {
    const project = new SsmProject()
    const ids = project.launch('web', 3)
    for (const id of ids) project.chef(id, 'sleep 3000')
    project.environment['PACKAGE_POLL_INTERVAL'] = '0.2'
    await serveSandbox(project, 600)
    const { exit, hosts } = deployRun(await project.start(...words, '--no-canary', '-n', '1'))
    expect(hosts.map(({ status, bundle }) => [status, bundle])).toEqual(ids.map(() => ['converged', 'sent']))
    expect(exit).toBe(0)
    expect(project.commands()).toHaveLength(2)
  },
)
