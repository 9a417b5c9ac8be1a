import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { EC2Client, TerminateInstancesCommand } from '@aws-sdk/client-ec2'
import { expect, test } from 'vitest'

import { deployRun, type DeployRun } from './deploy-project.ts'
import { SeededImages } from './seeded-images.ts'
import { serveSandbox } from './served-sandbox.ts'

const nodes = {
  __settings__: { project: 'tests', artifacts_bucket: 'tests-artifacts' },
  __base__: {
    region: 'eu-central-1',
    instance_type: 't3.micro',
    ssh_username: 'ubuntu',
    iam_instance_profile: 'web',
    source_ami: { owner: '099720109477', name: 'ubuntu-noble-*' },
  },
  web: { run_list: ['recipe[web]'], data_bags: ['web'], autoscale: { node_min: 2, node_max: 2, timeout: 0 } },
}

class GroupWithBucket extends SeededImages {
  constructor() {
    super(nodes)
    this.write('cookbooks/web/metadata.rb', `name 'web'\nversion '1.0.0'\n`)
    this.write('data_bags/web/secret.json', '{"id":"secret"}\n')
    this.addImage({ age: 1 })
    this.seed()
  }

  /** Gives the run, whose bundle every host then has. */
  async deploy(recipe: string): Promise<DeployRun> {
    this.write('cookbooks/web/recipes/default.rb', recipe)
    const run = deployRun(await this.start('instance:deploy', 'web', '--via', 'ssm', '--output', 'json'))
    expect(run.hosts.map(({ status }) => status)).toEqual(['converged', 'converged'])
    expect(run.exit).toBe(0)
    return run
  }

  /** The ids of the instances that run. */
  async running(): Promise<string[]> {
    const { out } = await this.start('instance:list', 'web', '--output', 'json')
    const { data } = JSON.parse(out.trimEnd().split('\n').at(-1) ?? '') as {
      data: { instances: { id: string; state: string }[] }
    }
    return data.instances.filter(({ state }) => state === 'running').map(({ id }) => id)
  }

  disk(id: string, path: string): string {
    return this.path(join('.package/sandbox/hosts', id, 'disk', path))
  }

  /** What its first converge said. */
  firstConverge(id: string): string {
    const path = this.disk(id, '/var/log/package/converge.log')
    return existsSync(path) ? readFileSync(path, 'utf8') : ''
  }
}

/** As an operator does before anything is deployed. */
async function makeBucket(url: string): Promise<void> {
  const authorization = 'AWS4-HMAC-SHA256 Credential=sandbox/20261101/eu-central-1/s3/aws4_request'
  const body =
    '<CreateBucketConfiguration><LocationConstraint>eu-central-1</LocationConstraint></CreateBucketConfiguration>'
  const answer = await fetch(`${url}/tests-artifacts`, { method: 'PUT', headers: { authorization }, body })
  expect(await answer.text()).toBe('')
}

test(
  'with artifacts_bucket, the successor of a terminated instance converges what the deploy announced',
  { timeout: 180_000 },
  async () => {
    const project = new GroupWithBucket()
    const { url } = await serveSandbox(project, 20)
    await makeBucket(url)
    expect(await project.start('autoscale:run', 'web')).toMatchObject({ exit: 0 })
    await project.deploy('log "before"\n')
    const announced = await project.deploy('log "after"\n')
    expect(announced.texts.join()).toContain('tests-artifacts')

    const before = await project.running()
    const credentials = { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' }
    const aws = new EC2Client({ endpoint: url, region: 'eu-central-1', credentials })
    await aws.send(new TerminateInstancesCommand({ InstanceIds: before.slice(0, 1) }))
    let id: string | undefined
    while (id === undefined || !project.firstConverge(id).includes('Infra Phase complete')) {
      id = (await project.running()).find((each) => !before.includes(each))
    }
    const present = readFileSync(project.disk(id, '/opt/package/bundle.sha256'), 'utf8')
    expect(present).toBe(`${announced.bundles['web'] ?? ''}\n`)
    const recipe = readFileSync(project.disk(id, '/opt/package/cookbooks/web/recipes/default.rb'), 'utf8')
    expect(recipe).toBe('log "after"\n')
  },
)
