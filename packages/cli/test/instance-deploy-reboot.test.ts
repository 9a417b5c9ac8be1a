import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

import { EC2Client, RebootInstancesCommand } from '@aws-sdk/client-ec2'
import { expect, test } from 'vitest'

import { DeployProject, deployRun, statusesOf } from './deploy-project.ts'
import { serveSandbox } from './served-sandbox.ts'
import { SsmProject } from './ssm-project.ts'

const credentials = { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' }

async function reboot(url: string, id: string): Promise<void> {
  const aws = new EC2Client({ endpoint: url, region: 'eu-central-1', credentials })
  await aws.send(new RebootInstancesCommand({ InstanceIds: [id] }))
}

test(
  'a host that reboots in the middle is lost, not waited for, and answers again as another boot',
  { timeout: 120_000 },
  async () => {
    const project = new DeployProject()
    const [rebooted = '', other = ''] = project.launch('web', 2)
    project.chef(rebooted, 'touch /opt/package/converges; sleep 100000')
    const { url } = await serveSandbox(project, 20)
    const bootId = async () => {
      const words = ['instance:ssh', 'web', '--id', rebooted, '--key', 'key.pem', '--']
      return project.start(...words, 'cat', '/proc/sys/kernel/random/boot_id')
    }
    const before = await bootId()
    expect(before).toMatchObject({ exit: 0, out: expect.stringMatching(/^[0-9a-f-]{36}\n$/) as string })

    const run = project.start('instance:deploy', '--key', 'key.pem', '--no-canary', '--output', 'json')
    while (!existsSync(project.disk(rebooted, 'opt/package/converges'))) await sleep(50)
    await reboot(url, rebooted)
    const { exit, hosts } = deployRun(await run)
    expect(exit).toBe(6)
    expect(statusesOf({ hosts })).toEqual({ [rebooted]: 'lost', [other]: 'converged' })

    let after = await bootId()
    while (after.exit !== 0) after = await bootId()
    expect(after.out).toMatch(/^[0-9a-f-]{36}\n$/)
    expect(after.out).not.toBe(before.out)
    project.chef(rebooted, 'exit 0')
    const retried = deployRun(
      await project.start('instance:deploy', '--key', 'key.pem', '--retry-failed', '--output', 'json'),
    )
    expect(retried).toMatchObject({ exit: 0, hosts: [{ id: rebooted, status: 'converged' }] })
  },
)

test('by Systems Manager too it is lost, and holds up no other deploy', { timeout: 120_000 }, async () => {
  const project = new SsmProject()
  const [rebooted = '', other = ''] = project.launch('web', 2)
  project.chef(rebooted, 'touch /opt/package/converges; sleep 3000')
  project.environment['PACKAGE_POLL_INTERVAL'] = '0.5'
  const { url } = await serveSandbox(project, 20)
  const words = ['instance:deploy', '--via', 'ssm', '--output', 'json']
  const run = project.start(...words, '--no-canary')
  while (!existsSync(project.disk(rebooted, 'opt/package/converges'))) await sleep(50)
  await reboot(url, rebooted)
  const { exit, hosts } = deployRun(await run)
  expect(exit).toBe(6)
  expect(statusesOf({ hosts })).toEqual({ [rebooted]: 'lost', [other]: 'converged' })
  expect(hosts.find(({ id }) => id === rebooted)?.reason).toContain('reboot')
  project.chef(rebooted, 'exit 0')
  const retried = deployRun(await project.start(...words, '--retry-failed'))
  expect(retried).toMatchObject({ exit: 0, hosts: [{ id: rebooted, status: 'converged' }] })
})
