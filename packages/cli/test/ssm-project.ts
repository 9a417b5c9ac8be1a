import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { DeployProject, deployRun, type DeployRun } from './deploy-project.ts'
import type { Run } from './project.ts'

const bucket = 'tests-artifacts'

interface KeptAccount {
  regions: Record<
    string,
    {
      s3: {
        buckets: Record<
          string,
          { name: string; createdAt: number; objects: Record<string, { digest: string }> }
        >
      }
      ssm: { commands: Record<string, KeptCommand> }
    }
  >
}

/** A command as the account keeps it. */
export interface KeptCommand {
  comment: string
  targets: { key: string; values: string[] }[]
  maxConcurrency: string
  maxErrors: string
  timeoutSeconds: number
  executionTimeout: number
  parameters: Record<string, string[]>
  invocations: { instanceId: string; end?: { details: string } }[]
}

/** A project whose instances have agents, and whose bundles go through a bucket. */
export class SsmProject extends DeployProject {
  constructor(groups: Readonly<Record<string, object>> = { web: {} }) {
    const managed = Object.entries(groups).map(([name, more]) => {
      return [name, { iam_instance_profile: 'web', ...more }] as const
    })
    super(Object.fromEntries(managed))
    this.settings({ artifacts_bucket: bucket })
  }

  settings(more: object): void {
    const nodes = this.json('nodes.json') as Record<string, object>
    this.write(
      'nodes.json',
      JSON.stringify({ ...nodes, __settings__: { ...nodes['__settings__'], ...more } }),
    )
  }

  /** Launches instances, in an account that then has the bucket. */
  override launch(group: string, count: number, more: { key?: string; name?: string } = {}): string[] {
    const ids = super.launch(group, count, more)
    const account = this.#account()
    const { s3 } = regionOf(account)
    s3.buckets[bucket] ??= { name: bucket, createdAt: Date.now(), objects: {} }
    writeFileSync(this.#accountPath(), JSON.stringify(account))
    return ids
  }

  override deploy(...words: string[]): DeployRun {
    return deployRun(this.deployText(...words, '--output', 'json'))
  }

  deployText(...words: string[]): Run {
    return this.run('instance:deploy', '--via', 'ssm', ...words)
  }

  /** The keys in the bucket, in the order in which they were put. */
  objects(): string[] {
    return Object.keys(regionOf(this.#account()).s3.buckets[bucket]?.objects ?? {})
  }

  bucketText(key: string): string {
    const digest = regionOf(this.#account()).s3.buckets[bucket]?.objects[key]?.digest ?? ''
    return readFileSync(this.path(join('.package/sandbox/objects', digest)), 'utf8')
  }

  /** Those that were sent, the oldest first. */
  commands(): KeptCommand[] {
    return Object.values(regionOf(this.#account()).ssm.commands)
  }

  #accountPath(): string {
    return this.path(join('.package/sandbox/account.json'))
  }

  #account(): KeptAccount {
    return JSON.parse(readFileSync(this.#accountPath(), 'utf8')) as KeptAccount
  }
}

function regionOf({ regions }: KeptAccount): KeptAccount['regions'][string] {
  const region = regions['eu-central-1']
  if (region === undefined) throw new Error('nothing is there yet')
  return region
}
