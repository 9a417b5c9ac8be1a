import { expect, test } from 'vitest'

import { DeployProject } from './deploy-project.ts'
import { SsmProject } from './ssm-project.ts'

test('of a bundle that cannot be fetched the reason is what curl says', { timeout: 120_000 }, () => {
  const project = new SsmProject()
  project.launch('web', 1)
  const fault = { kind: 'error', code: 'AccessDenied', message: 'Access Denied', status: 403 }
  const words = ['instance:deploy', '--via', 'ssm']
  const { out } = project.runWithFaults({ rules: [{ operation: 'GetObject', fault }] }, ...words)
  expect(out).toMatch(/taking the bundle failed with exit code 22: curl: \(22\).* 403/)
  expect(out).not.toContain('failed to run commands')
})

test('a script that an agent has cut off is said to have told nothing yet', { timeout: 120_000 }, () => {
  const project = new SsmProject()
  const [id = ''] = project.launch('web', 1)
  project.chef(id, 'sleep 1000')
  const [host] = project.deploy('--timeout', '5').hosts
  expect(host).toMatchObject({
    status: 'timed out',
    reason: 'cut off before it told how far it was: /var/log/package/deploy.log there has it',
  })
  expect(project.read(host?.log ?? '').trim()).toBe('')
})

test('a cookbook that is missing on a host is named by the reason', { timeout: 60_000 }, () => {
  const project = new DeployProject()
  project.launch('web', 1)
  project.write('cookbooks/web/metadata.rb', "name 'web'\nversion '1.0.0'\ndepends 'nowhere'\n")
  const [host] = project.deploy().hosts
  expect(host).toMatchObject({ status: 'failed' })
  expect(host?.reason).toMatch(/^chef-solo failed with .*412 .*: No such cookbook: nowhere$/)
})

test('a login that is refused names the ways to another one', { timeout: 60_000 }, () => {
  const project = new DeployProject()
  project.newKey('other.pem')
  project.launch('web', 1, { key: 'other.pem' })
  const [host] = project.deploy().hosts
  expect(host?.reason).toMatch(/Permission denied \(publickey\)\.; .*--key.*--user.*ssh-add/)
})
