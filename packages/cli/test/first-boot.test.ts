import { chmodSync, existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { hostKeysOf } from '@package/core/instances/host-keys'
import { expect, test } from 'vitest'

import { firstBoot } from '../../templates/src/at-work.ts'
import { agentScript, deployScript } from '../../templates/src/deploy.ts'
import { userDataScript } from '../../templates/src/user-data.ts'
import { deadNames, input, type Node, nodeWithChef, ownName } from './scripted-node.ts'

const soon = { timeout: 20_000 }
const recipe = 'opt/package/cookbooks/web/recipes/default.rb'

const { dna, chef } = input
const userData = userDataScript({ group: 'web', dna, chef, hook: undefined, bundle: undefined })

/** A node whose Chef tells what it converges, and is not done as long as the file `held` is there; it waits `pause` for nothing. */
function bootingNode(chefEnds = 'exit 0', pause = 'exec /bin/sleep 0.05'): Node {
  const node = nodeWithChef(`
told='TOLD'; held='HELD'
echo "begins $(cat "$PACKAGE_ROOT/cookbooks/web/recipes/default.rb")" >> "$told"
while [ -e "$held" ]; do /bin/sleep 0.05; done
echo ends >> "$told"
${chefEnds}`)
  const text = node.read('bin/chef-solo').replace('TOLD', node.path('told'))
  node.write('bin/chef-solo', text.replace('HELD', node.path('held')))
  node.write('bin/sleep', `#!/bin/sh\n${pause}\n`)
  chmodSync(node.path('bin/sleep'), 0o755)
  node.write(recipe, 'the image')
  return node
}

const told = (node: Node) => (existsSync(node.path('told')) ? node.read('told') : '')
const atWork = (node: Node) => readdirSync(join(node.root, 'at-work'))
const waits = 'step waiting for its first boot to converge'

async function deployed(node: Node) {
  const bundle = await node.pack('the bundle')
  const script = deployScript({ ...input, digest: bundle.digest, brings: true })
  return node.startScript(script, bundle.archive)
}

test('a deploy waits for a first boot, and neither changes what the other converges', async () => {
  const node = bootingNode()
  node.write('held', '')
  const boot = node.startScript(userData)
  await expect.poll(() => told(node), soon).toContain('begins the image')
  const deploy = await deployed(node)
  await expect.poll(deploy.said, soon).toContain(waits)
  expect(node.read(recipe)).toBe('the image')
  rmSync(node.path('held'))
  expect(await boot.exit).toBe(0)
  expect(await deploy.exit).toBe(0)
  expect(told(node)).toBe('begins the image\nends\nbegins the bundle\nends\n')
  expect(atWork(node)).toEqual([])
})

test('a node says its host keys on its console before it converges', async () => {
  const node = bootingNode()
  const key = `ssh-ed25519 ${'A'.repeat(68)}`
  node.write('ssh/ssh_host_ed25519_key.pub', `${key} root@node\n`)
  node.write('console', '')
  node.write('held', '')
  const boot = node.startScript(userData)
  await expect.poll(() => told(node), soon).toContain('begins the image')
  expect(hostKeysOf(node.read('console'))).toEqual([key])
  rmSync(node.path('held'))
  expect(await boot.exit).toBe(0)
})

test('a first boot leaves the data bags of its image to root alone', async () => {
  const node = bootingNode()
  node.write('opt/package/data_bags/users/admin.json', '{"id":"admin"}')
  chmodSync(node.path('opt/package/data_bags'), 0o755)
  expect(await node.startScript(userData).exit).toBe(0)
  expect(statSync(node.path('opt/package/data_bags')).mode & 0o777).toBe(0o700)
})

test('a first boot waits for a deploy, and for nobody who is dead', async () => {
  const node = bootingNode('exit 0', 'echo > "$PACKAGE_ROOT/../../waits"')
  const living = `opt/package/at-work/${ownName('run')}`
  for (const dead of deadNames()) node.write(`opt/package/at-work/${dead}`, '')
  node.write(living, '')
  const boot = node.startScript(userData)
  await expect.poll(() => existsSync(node.path('waits')), soon).toBe(true)
  expect(told(node)).toBe('')
  rmSync(node.path(living))
  expect(await boot.exit).toBe(0)
  expect(told(node)).toBe('begins the image\nends\n')
  expect(atWork(node)).toEqual([])
})

test.each([
  ['fails', 'exit 3', 3],
  ['is ended', 'exit 0', 143],
])('a first boot that %s holds up no deploy', async (_, chefEnds, exit) => {
  const node = bootingNode(chefEnds)
  node.write('held', '')
  const boot = node.startScript(userData)
  await expect.poll(() => told(node), soon).toContain('begins the image')
  expect(atWork(node)).toEqual([expect.stringMatching(/^\d+\.\d+\.[-0-9a-f]+\.first-boot$/)])
  if (exit === 143) boot.end()
  rmSync(node.path('held'))
  expect(await boot.exit).toBe(exit)
  expect(atWork(node)).toEqual([])
})

test('a first boot that takes too long makes the host busy, over SSH and for agents', async () => {
  const node = bootingNode('exit 0', 'exit 0')
  const living = ownName(firstBoot.as)
  node.write(`opt/package/at-work/${living}`, '')
  const bundle = await node.pack('the bundle')
  const of = { ...input, digest: bundle.digest }
  const scripts = [
    deployScript({ ...of, brings: false }),
    agentScript({ ...of, url: 'http://127.0.0.1:1/', instanceIds: ['i-1'] }),
  ]
  node.environment['AWS_SSM_INSTANCE_ID'] = 'i-1'
  for (const script of scripts) {
    const deploy = node.startScript(script)
    expect(await deploy.exit).toBe(75)
    const marks = ['begun', waits, `busy ${String(process.pid)} first-boot`]
    expect(deploy.said()).toBe(marks.map((mark) => `package:${input.run} ${mark}\n`).join(''))
  }
  expect(atWork(node)).toEqual([living])
  expect(node.read(recipe)).toBe('the image')
})

test('a first boot that has not begun is waited for, but not for ever', async () => {
  const node = bootingNode()
  node.write('cloud-init/user-data.txt', userData)
  const deploy = await deployed(node)
  await expect.poll(deploy.said, soon).toContain(waits)
  expect(await node.startScript(userData).exit).toBe(0)
  node.write('cloud-init/boot-finished', '')
  expect(await deploy.exit).toBe(0)
  expect(told(node)).toBe('begins the image\nends\nbegins the bundle\nends\n')

  const stuck = bootingNode('exit 0', 'exit 0')
  stuck.write('cloud-init/user-data.txt', userData)
  const late = await deployed(stuck)
  expect(await late.exit).toBe(0)
  expect(late.said()).toContain(waits)
})

test('user data of others is not waited for', async () => {
  const node = bootingNode()
  node.write('cloud-init/user-data.txt', '#!/bin/sh\nsleep infinity\n')
  const deploy = await deployed(node)
  expect(await deploy.exit).toBe(0)
  expect(deploy.said()).not.toContain(waits)
})
