import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { DeployProject, deployRun, type DeployRun } from './deploy-project.ts'
import type { Run } from './project.ts'

const bucket = 'tests-artifacts'

/** In milliseconds: from when instances run until Systems Manager knows their agents. */
const agentsTake = 10_000

/** In milliseconds: by then the first status checks of an instance are through. */
const longAgo = 2_000_000

interface KeptAccount {
  clock: { ahead: number }
  regions: Record<
    string,
    {
      s3: {
        buckets: Record<string, { name: string; createdAt: number; objects: Record<string, object> }>
      }
      ssm: { commands: Record<string, KeptCommand> }
      ec2: { instances: Record<string, KeptInstance> }
    }
  >
}

interface KeptInstance {
  launchedAt: number
  runningAt: number
  isImpaired?: boolean
  sickAfter?: number
  ending?: { to: 'stopped'; by: 'user'; askedAt: number; doneAt: number }
}

/** A command as the account keeps it. */
export interface KeptCommand {
  comment: string
  requestedAt: number
  targets: { key: string; values: string[] }[]
  maxConcurrency: string
  maxErrors: string
  timeoutSeconds: number
  executionTimeout: number
  parameters: Record<string, string[]>
  invocations: { instanceId: string; end?: { at: number; details: string } }[]
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

  /** Launches instances and waits until their agents are known, in an account that then has the bucket. */
  override launch(group: string, count: number, more: { key?: string; name?: string } = {}): string[] {
    const ids = super.launch(group, count, more)
    const account = this.#account()
    const { s3 } = regionOf(account)
    account.clock.ahead += agentsTake
    s3.buckets[bucket] ??= { name: bucket, createdAt: Date.now(), objects: {} }
    writeFileSync(this.#accountPath(), JSON.stringify(account))
    return ids
  }

  /** Lets time go by in the account while nothing is done in it: its clock is ahead of the machine's from then on. */
  pass(milliseconds: number): void {
    const account = this.#account()
    account.clock.ahead += milliseconds
    writeFileSync(this.#accountPath(), JSON.stringify(account))
  }

  /** Stops instances, as their owner may have done for the night. */
  stop(ids: readonly string[]): void {
    this.#changeInstances(ids, (instance) => {
      const { runningAt: then } = instance
      instance.ending = { to: 'stopped', by: 'user', askedAt: then, doneAt: then }
    })
  }

  /** From now on nothing is heard of the agents of these. */
  silence(ids: readonly string[]): void {
    this.#changeInstances(ids, (instance) => {
      instance.isImpaired = true
      instance.launchedAt -= longAgo
      instance.runningAt -= longAgo
    })
  }

  /** Makes one the oldest, with an agent that is silent so many seconds after it runs. */
  makeCanary(id: string, sickAfter: number): void {
    this.#changeInstances([id], (instance) => {
      instance.launchedAt -= 1000
      instance.sickAfter = sickAfter
    })
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

  /** Those that were sent, the oldest first. */
  commands(): KeptCommand[] {
    return Object.values(regionOf(this.#account()).ssm.commands)
  }

  #changeInstances(ids: readonly string[], change: (instance: KeptInstance) => void): void {
    const account = this.#account()
    const { instances } = regionOf(account).ec2
    for (const id of ids) {
      const instance = instances[id]
      if (instance === undefined) throw new Error(`there is no ${id}`)
      change(instance)
    }
    writeFileSync(this.#accountPath(), JSON.stringify(account))
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
