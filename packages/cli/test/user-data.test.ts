import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'

import { PutLifecycleHookCommand, SetDesiredCapacityCommand } from '@aws-sdk/client-auto-scaling'
import { convergedHook } from '@package/core/autoscale/declared-settings'
import { userData, type UserDataRequest } from '@package/core/launch/user-data'
import type { NodeGroup } from '@package/core/groups/node-group'
import { serveHttp } from '@package/sandbox/doors/http-server'

import { expect, onTestFinished, test } from 'vitest'

import { startMoto } from '../../sandbox/test/contract/moto.ts'
import { groupAccount, untilInService } from '../../sandbox/test/group-account.ts'
import { describeWith } from '../../sandbox/test/tools.ts'
import { userDataScript } from '../../templates/src/user-data.ts'
import {
  BootingNode,
  type LostAnswer,
  metadataOf,
  profileKeys,
  type Recorded,
  recorderOf,
} from './booting-node.ts'
import { awkwardStrings } from './awkward-strings.ts'
import { Project } from './project.ts'
import { describeWith as describeWithTool } from './tools.ts'

const fields: NodeGroup = { autoscale: { node_min: 1, node_max: 2 }, iam_instance_profile: 'node' }

const request: UserDataRequest = {
  group: { name: 'web', own: fields, fields },
  owner: { project: 'tests', environment: 'staging' },
  artifactsBucket: undefined,
  launch: 'autoscale',
}

/** What an image has: a role, and a cookbook whose recipe that is. */
function imageWith(recipe: string): Record<string, string> {
  return {
    'roles/role-web.json': JSON.stringify({
      name: 'role-web',
      chef_type: 'role',
      json_class: 'Chef::Role',
      run_list: ['recipe[site::default]'],
    }),
    'cookbooks/site/metadata.rb': "name 'site'\nversion '1.0.0'\n",
    'cookbooks/site/recipes/default.rb': recipe,
  }
}

/** Writes the stage down, beside solo.rb. */
const stageRecipe = (text: string) =>
  `file File.join(File.dirname(Chef::Config[:config_file]), 'stage') do
     content "${text} #{node['package']['stage']}"
   end\n`

/** An instance that waits for its launch hook, in an account that is served. */
async function waitingNode(lost: readonly LostAnswer[] = []) {
  const account = await groupAccount()
  const { sandbox, autoscaling, ids } = account
  await account.create({ DesiredCapacity: 0, MinSize: 0 })
  const hook = {
    AutoScalingGroupName: 'bee-v000',
    LifecycleHookName: convergedHook,
    LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
    HeartbeatTimeout: 900,
  }
  await autoscaling.send(new PutLifecycleHookCommand(hook))
  await autoscaling.send(
    new SetDesiredCapacityCommand({ AutoScalingGroupName: 'bee-v000', DesiredCapacity: 1 }),
  )
  await sandbox.advance(untilInService)
  const door = await serveHttp(sandbox, 0)
  onTestFinished(() => door.close())
  const { url, recorded } = await recorderOf(door.url, lost)
  const [instanceId = ''] = await ids()
  const endpoints = {
    AWS_ENDPOINT_URL_AUTO_SCALING: url,
    AWS_EC2_METADATA_SERVICE_ENDPOINT: await metadataOf(instanceId),
  }
  return { ...account, endpoints, recorded, instanceId }
}

const actionsOf = (recorded: readonly Recorded[]) =>
  recorded.map(({ body }) => new URLSearchParams(body).get('Action'))

function expectNoSecrets(text: string): void {
  for (const secret of [profileKeys.SecretAccessKey, profileKeys.Token]) expect(text).not.toContain(secret)
}

function expectBotocoreSignsAlike(requests: readonly Recorded[]): void {
  const { stdout, stderr } = spawnSync('python3', [join(import.meta.dirname, 'botocore-signatures.py')], {
    input: JSON.stringify([profileKeys, requests]),
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  const sent = requests.map(({ headers }) => headers['authorization']?.split('Signature=')[1])
  expect(sent).toEqual(JSON.parse(stdout))
}

describeWithTool('shellcheck', 'user data as a shell script', (shellcheck) => {
  test.each([
    ['of an autoscale group', request],
    ['of a project with bundles', { ...request, artifactsBucket: 'artifacts' }],
    ['of a one-off instance', { ...request, launch: 'instance' as const }],
    ...(['omnitruck', 'gem', 'none'] as const).map((install): [string, UserDataRequest] => {
      const own = { ...fields, chef: { install } }
      return [`with Chef from ${install}`, { ...request, group: { name: 'web', own, fields: own } }]
    }),
  ])('%s is without findings', (_, given) => {
    // SC2317: where chef.install is "none", nothing calls sudo.
    const { status, stdout } = spawnSync(shellcheck, ['--shell', 'sh', '--exclude', 'SC2317', '-'], {
      input: userData(given).text,
      encoding: 'utf8',
    })
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
  })
})

describeWith('chef-solo', 'a node that boots', () => {
  test('converges as an instance, and completes its launch hook', async () => {
    const { endpoints, recorded, instanceId, sandbox, states } = await waitingNode()
    const node = new BootingNode(imageWith(stageRecipe('of the image,')))
    const { exit, out } = await node.boot(userData(request).text, endpoints)
    expect({ exit, out }).toMatchObject({ exit: 0 })
    expect(node.disk.read('opt/package/stage')).toBe('of the image, instance')
    expect(node.disk.json('opt/package/dna.json')).toEqual({
      id: 'web',
      package: { stage: 'instance' },
      run_list: ['role[role-web]'],
    })
    expect(out).toContain(
      `package: ${instanceId} of bee-v000: hook package-converged completed with CONTINUE`,
    )
    expect(out).toContain(node.disk.read('var/log/package/converge.log'))
    expect(node.disk.read('var/log/package/converge.log')).toMatch(/(Infra Phase|Client|Run) complete/)
    expect(actionsOf(recorded)).toEqual(['DescribeAutoScalingInstances', 'CompleteLifecycleAction'])
    await sandbox.advance(2000)
    expect(await states()).toEqual(['InService'])
    expectNoSecrets(
      out + node.disk.files().map((path) => (path.includes('cache') ? '' : node.disk.read(path))),
    )
    expect(node.disk.files().filter((path) => path.startsWith('tmp.'))).toEqual([])
  })

  test('gives itself up when a recipe fails, and says what failed', async () => {
    const { endpoints, recorded, activities } = await waitingNode()
    const node = new BootingNode(imageWith("raise 'no such customer'\n"))
    const { exit, out } = await node.boot(userData(request).text, endpoints)
    expect(exit).not.toBe(0)
    expect(out).toContain('no such customer')
    expect(out).toMatch(/package: chef-solo failed with exit code \d+\n/)
    expect(out).toContain('hook package-converged completed with ABANDON')
    expect(actionsOf(recorded)).toEqual(['DescribeAutoScalingInstances', 'CompleteLifecycleAction'])
    expect((await activities()).map(({ StatusCode }) => StatusCode)).toContain('Cancelled')
  })

  test('tells AWS while it converges that it is alive, but not for ever', async () => {
    const { endpoints, recorded } = await waitingNode()
    const node = new BootingNode(imageWith("ruby_block('slow') { block { sleep 5 } }\n"))
    const hook = { name: convergedHook, heartbeats: { every: 1, for: 4 } }
    const dna = { package: { stage: 'instance' }, run_list: ['role[role-web]'] }
    const chef = { install: 'none', version: '18' } as const
    const { exit } = await node.boot(
      userDataScript({ group: 'web', dna, chef, hook, bundle: undefined }),
      endpoints,
    )
    expect(exit).toBe(0)
    const beats = actionsOf(recorded).filter((action) => action === 'RecordLifecycleActionHeartbeat')
    expect(beats.length).toBeGreaterThanOrEqual(2)
    expect(beats.length).toBeLessThanOrEqual(3)
  })

  test('asks again when AWS is throttled, and when an answer is lost', async () => {
    const throttled =
      '<ErrorResponse><Error><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>'
    const { endpoints, recorded, sandbox, states } = await waitingNode([
      { status: 400, body: throttled },
      undefined,
      { status: 503, body: '' },
    ])
    const node = new BootingNode(imageWith(''))
    const { exit, out } = await node.boot(userData(request).text, endpoints)
    expect({ exit, out }).toMatchObject({ exit: 0 })
    expect(actionsOf(recorded)).toEqual([
      'DescribeAutoScalingInstances',
      'DescribeAutoScalingInstances',
      'CompleteLifecycleAction',
      'CompleteLifecycleAction',
      'DescribeAutoScalingInstances',
    ])
    expect(out).toContain('completed with CONTINUE')
    await sandbox.advance(2000)
    expect(await states()).toEqual(['InService'])
  })

  test('has all in its user data as it was, however awkward', async () => {
    const dna = { awkward: awkwardStrings, run_list: ['role[role-web]'] }
    const chef = { install: 'none', version: '18' } as const
    const node = new BootingNode(imageWith(''))
    const input = { group: 'web', dna, chef, hook: undefined, bundle: undefined }
    const { exit, out } = await node.boot(userDataScript(input), {}, 'bash')
    expect({ exit, out }).toMatchObject({ exit: 0 })
    expect(node.disk.json('opt/package/dna.json')).toEqual(dna)
  })

  describeWith('moto', 'a node whose project has a bucket of artifacts', () => {
    const bundled = { ...request, artifactsBucket: 'artifacts' }

    /** A bundle as a tar of a folder. */
    function bundleOf(files: Record<string, string>): Buffer {
      const folder = new Project()
      for (const [path, text] of Object.entries(files)) folder.write(path, text)
      return spawnSync('tar', ['-cz', '-C', folder.folder, '.']).stdout
    }

    async function bucketWith(objects: Record<string, Buffer | string>) {
      const moto = await startMoto()
      onTestFinished(() => moto.stop())
      await fetch(`${moto.url}/artifacts`, { method: 'PUT' })
      for (const [name, body] of Object.entries(objects)) {
        await fetch(`${moto.url}/artifacts/tests/staging/web/${name}`, {
          method: 'PUT',
          body: new Uint8Array(Buffer.from(body)),
        })
      }
      return recorderOf(moto.url)
    }

    const sha256 = (data: Buffer) => createHash('sha256').update(data).digest('hex')

    test('converges the newest bundle, and what it signs botocore signs alike', async () => {
      const bundle = bundleOf({
        ...imageWith(stageRecipe('of the bundle,')),
        'data_bags/users/admin.json': '{"id":"admin"}',
      })
      const s3 = await bucketWith({
        'bundle.tar.gz': bundle,
        'bundle.sha256': `${sha256(bundle)}  bundle.tar.gz\n`,
      })
      const { endpoints, recorded, sandbox, states } = await waitingNode()
      const node = new BootingNode({ ...imageWith("raise 'old'\n"), 'cookbooks/gone/metadata.rb': '' })
      const { exit, out } = await node.boot(userData(bundled).text, {
        ...endpoints,
        AWS_ENDPOINT_URL_S3: s3.url,
      })
      expect({ exit, out }).toMatchObject({ exit: 0 })
      expect(node.disk.read('opt/package/stage')).toBe('of the bundle, instance')
      expect(node.disk.read('opt/package/bundle.sha256')).toBe(`${sha256(bundle)}\n`)
      expect(node.disk.has('opt/package/cookbooks/gone/metadata.rb')).toBe(false)
      expect(node.disk.read('opt/package/data_bags/users/admin.json')).toBe('{"id":"admin"}')
      expect(statSync(node.disk.path('opt/package/data_bags')).mode & 0o777).toBe(0o700)
      await sandbox.advance(2000)
      expect(await states()).toEqual(['InService'])
      expect(s3.recorded.length).toBe(2)
      expectBotocoreSignsAlike([...recorded, ...s3.recorded])
    })

    test('converges what its image has where there is no bundle', async () => {
      const s3 = await bucketWith({})
      const { endpoints, sandbox, states } = await waitingNode()
      const node = new BootingNode(imageWith(stageRecipe('of the image,')))
      const { exit, out } = await node.boot(userData(bundled).text, {
        ...endpoints,
        AWS_ENDPOINT_URL_S3: s3.url,
      })
      expect({ exit, out }).toMatchObject({ exit: 0 })
      expect(out).toContain('no bundle in s3://artifacts/tests/staging/web')
      await sandbox.advance(2000)
      expect(await states()).toEqual(['InService'])
    })

    test('gives itself up over a bundle that is not what it should be', async () => {
      const s3 = await bucketWith({
        'bundle.tar.gz': 'tampered',
        'bundle.sha256': sha256(Buffer.from('right')),
      })
      const { endpoints, activities } = await waitingNode()
      const node = new BootingNode(imageWith(''))
      const { exit, out } = await node.boot(userData(bundled).text, {
        ...endpoints,
        AWS_ENDPOINT_URL_S3: s3.url,
      })
      expect(exit).toBe(1)
      expect(out).toContain('bundle.tar.gz is not what bundle.sha256 says')
      expect(out).toContain('package: fetching the bundle failed with exit code 1')
      expect((await activities()).map(({ StatusCode }) => StatusCode)).toContain('Cancelled')
    })
  })
})
