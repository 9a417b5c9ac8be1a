import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import type { Run } from './project.ts'
import { clusterNodes, SandboxProject } from './sandbox-project.ts'

/** What `--output json` gives of a host. */
export interface DeployedHost {
  group: string
  id: string
  status: string
  reason?: string
  bundle?: string
  log?: string
}

export interface DeployRun {
  exit: number
  hosts: DeployedHost[]
  bundles: Record<string, string>
  data: Record<string, unknown>
  /** Of the events, in order. */
  texts: string[]
}

/** Groups with a cookbook each; `more` are fields of a group. */
function deployNodes(groups: Readonly<Record<string, object>>): object {
  const { __settings__, __base__ } = clusterNodes
  const { security_groups, ...base } = __base__
  if (security_groups.length === 0) throw new Error('the groups of the other tests wear none any more')
  const all = Object.entries(groups).map(([name, more]) => [name, { run_list: [`recipe[${name}]`], ...more }])
  return { __settings__, __base__: base, ...Object.fromEntries(all) }
}

/** A project with instances in its sandbox, whose disks can be looked at. */
export class DeployProject extends SandboxProject {
  readonly groups: string[]

  constructor(groups: Readonly<Record<string, object>> = { web: {} }) {
    super(deployNodes(groups))
    this.groups = Object.keys(groups)
    for (const name of this.groups) this.cookbook(name)
  }

  cookbook(name: string, recipe = 'log "converged"\n'): void {
    this.write(`cookbooks/${name}/metadata.rb`, `name '${name}'\nversion '1.0.0'\n`)
    this.write(`cookbooks/${name}/recipes/default.rb`, recipe)
  }

  /** Launches instances; gives their ids, the oldest first. */
  launch(group: string, count: number, { key = 'key.pem', name = group } = {}): string[] {
    const before = new Set(this.liveInstances())
    const words = ['instance:create', group, '--key', key, '--name', name, '--count', String(count)]
    const { exit, err } = this.run(...words)
    if (exit !== 0) throw new Error(err)
    return this.liveInstances()
      .filter((id) => !before.has(id))
      .sort((a, b) => a.localeCompare(b))
  }

  deploy(...words: string[]): DeployRun {
    return deployRun(this.run('instance:deploy', '--key', 'key.pem', ...words, '--output', 'json'))
  }

  /** A path on the disk of an instance. */
  disk(id: string, path: string): string {
    return this.path(join('.package/sandbox/hosts', id, 'disk', path))
  }

  onDisk(id: string, path: string): string {
    return readFileSync(this.disk(id, path), 'utf8')
  }

  /** What an instance runs in the place of its chef-solo. */
  chef(id: string, script: string): void {
    const path = this.disk(id, 'usr/local/bin/chef-solo')
    mkdirSync(dirname(path), { recursive: true })
    const version = 'if [ "$1" = --version ]; then echo "Chef Infra Client: 18.0.0"; exit 0; fi'
    writeFileSync(path, `#!/bin/sh\n${version}\n${script}\n`)
    chmodSync(path, 0o755)
  }

  /** What runs that were cut off have left on an instance. */
  incoming(id: string): string[] {
    const folder = this.disk(id, 'opt')
    const names = existsSync(folder) ? readdirSync(folder) : []
    return names.filter((name) => name !== 'package')
  }
}

export function deployRun({ exit, out, err }: Run): DeployRun {
  const lines = out.trimEnd().split('\n')
  const parsed = lines.map((line) => JSON.parse(line) as { type: string; text?: string; data?: unknown })
  const last = parsed.at(-1)
  if (last?.type !== 'result') throw new Error(`no result: ${out}${err}`)
  const data = last.data as Record<string, unknown>
  return {
    exit: exit ?? -1,
    hosts: (data['hosts'] ?? []) as DeployedHost[],
    bundles: (data['bundles'] ?? {}) as Record<string, string>,
    data,
    texts: parsed.flatMap(({ type, text }) => (type === 'event' && text !== undefined ? [text] : [])),
  }
}

/** Statuses by host. */
export function statusesOf({ hosts }: Pick<DeployRun, 'hosts'>): Record<string, string> {
  return Object.fromEntries(hosts.map(({ id, status }) => [id, status]))
}
