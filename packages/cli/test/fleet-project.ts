import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { deployRun, type DeployRun } from './deploy-project.ts'
import { nodesText } from './project.ts'
import { SeededImages } from './seeded-images.ts'

const bucket = 'tests-artifacts'

const groups = {
  __base__: {
    region: 'eu-central-1',
    instance_type: 't3.micro',
    ssh_username: 'ubuntu',
    key_name: 'ops',
    source_ami: { owner: '099720109477', name: 'ubuntu-noble-*' },
  },
  web: { run_list: ['recipe[web]'], autoscale: { node_min: 2, node_max: 2, timeout: 0 } },
}

interface KeptAccount {
  regions: Record<
    string,
    {
      s3: { buckets: Record<string, { name: string; createdAt: number; objects: Record<string, object> }> }
    }
  >
}

/** A group with an autoscale group of two that runs, and beside it an instance named `try`. */
export class FleetProject extends SeededImages {
  constructor(settings: object = {}) {
    super({ __settings__: { project: 'tests', ...settings }, ...groups })
    this.recipe('log "first"\n')
    this.addImage({ age: 1 })
    this.seed()
    this.expectDone('instance:create', 'web', '--key', 'key.pem', '--name', 'try')
    this.expectDone('autoscale:run', 'web')
  }

  recipe(text: string): void {
    this.write('cookbooks/web/metadata.rb', `name 'web'\nversion '1.0.0'\n`)
    this.write('cookbooks/web/recipes/default.rb', text)
  }

  expectDone(...words: string[]): void {
    const { exit, err } = this.run(...words)
    if (exit !== 0) throw new Error(err)
  }

  /** The ids of its autoscale group. */
  fleet(): string[] {
    const { tags } = this.account()
    return this.liveInstances().filter((id) => tags[id]?.['Name'] !== 'try')
  }

  deploy(...words: string[]): DeployRun {
    return deployRun(this.run('instance:deploy', '--key', 'key.pem', ...words, '--output', 'json'))
  }

  /** From now on its bundles go through a bucket. */
  settleBucket(): void {
    this.write(
      'nodes.json',
      nodesText({ __settings__: { project: 'tests', artifacts_bucket: bucket }, ...groups }),
    )
  }

  /** As its operator makes it in the account. */
  makeBucket(): void {
    const account = this.#account()
    const region = account.regions['eu-central-1']
    if (region) region.s3.buckets[bucket] = { name: bucket, createdAt: Date.now(), objects: {} }
    this.write('.package/sandbox/account.json', JSON.stringify(account))
  }

  /** The keys in the bucket, in the order in which they were put. */
  objects(): string[] {
    return Object.keys(this.#account().regions['eu-central-1']?.s3.buckets[bucket]?.objects ?? {})
  }

  /** What an instance runs in the place of its chef-solo. */
  chef(id: string, script: string): void {
    const path = this.path(join('.package/sandbox/hosts', id, 'disk/usr/local/bin/chef-solo'))
    mkdirSync(dirname(path), { recursive: true })
    const version = 'if [ "$1" = --version ]; then echo "Chef Infra Client: 18.0.0"; exit 0; fi'
    writeFileSync(path, `#!/bin/sh\n${version}\n${script}\n`)
    chmodSync(path, 0o755)
  }

  #account(): KeptAccount {
    return this.json('.package/sandbox/account.json') as unknown as KeptAccount
  }
}
