import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, readdirSync, rmSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'

import { onTestFinished } from 'vitest'

import { cli, fixture, nodesText, type Run } from './project.ts'
import { SandboxProject } from './sandbox-project.ts'
import { checkout } from './tools.ts'

const ports = (port: string, from: string) => [{ protocol: 'tcp', ports: port, from: [from] }]

/** The seed's nodes.json, and what the tool asks for today: a project, declared security groups, an image that exists, a login, a key. */
function seedNodes(): Record<string, Record<string, unknown>> {
  const seed = JSON.parse(fixture('seed/nodes.json')) as Record<string, Record<string, unknown>>
  const { __base__: base, ...groups } = seed
  return {
    __settings__: { project: 'seatgeek' },
    __security_groups__: {
      external: { description: 'Operators', ingress: ports('22', 'my-ip') },
      internal: { description: 'Nothing inbound', ingress: [] },
      bee: { description: 'Workers', ingress: ports('8000', 'www') },
      www: { description: 'The frontend', ingress: ports('80', '0.0.0.0/0') },
    },
    __base__: {
      ...base,
      source_ami: {
        owner: '099720109477',
        name: 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-*',
      },
      ssh_username: 'ubuntu',
      key_name: 'seatgeek',
    },
    ...groups,
    '12_04-bee': {
      ...groups['12_04-bee'],
      data_bags: ['codebases/api', 'api-workers', 'cronq-workers', 'djjob'],
    },
  }
}

/** The seed's repository before its first workflow: cookbooks at the root, without what the workflows add. */
export class SeedRepository extends SandboxProject {
  constructor(packer: string) {
    super(seedNodes())
    for (const name of ['seatgeek', 'seatgeek-service', 'sudo']) this.take(`cookbooks/${name}`, name)
    for (const name of ['ftp-listener', 'ftp-processor', 'process-users']) {
      rmSync(this.path(`seatgeek-service/recipes/${name}.rb`))
    }
    for (const name of ['api-workers', 'cronq-workers', 'djjob', 'codebases']) this.take(`data_bags/${name}`)
    rmSync(this.path('data_bags/codebases/ftp.json'))
    this.write('.gitignore', '.package/\nbin/\nkey.pem*\nagent\n')
    this.write('bin/package', `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`)
    chmodSync(this.path('bin/package'), 0o755)
    Object.assign(this.environment, {
      PATH: [this.path('bin'), dirname(packer), process.env['PATH'] ?? ''].join(delimiter),
      PACKAGE_POLL_INTERVAL: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_AUTHOR_NAME: 'Operator',
      GIT_AUTHOR_EMAIL: 'operator@example.com',
      GIT_COMMITTER_NAME: 'Operator',
      GIT_COMMITTER_EMAIL: 'operator@example.com',
    })
  }

  /** Copies from this repository. */
  take(from: string, to = from): void {
    cpSync(join(checkout, from), this.path(to), { recursive: true })
  }

  /** Runs a line as a shell does. */
  line(text: string): Run {
    const { status, stdout, stderr } = spawnSync('sh', ['-c', text], {
      cwd: this.folder,
      encoding: 'utf8',
      env: { ...process.env, ...this.environment },
    })
    return { exit: status, out: stdout, err: stderr }
  }

  /** Runs lines, comments and all, until one fails; then throws an Error. What they said, by line. */
  lines(text: string): Map<string, Run> {
    const all = text.split('\n').map((each) => each.trim())
    return new Map(
      all
        .filter((each) => each !== '' && !each.startsWith('#'))
        .map((each) => {
          const run = this.line(each)
          if (run.exit !== 0) throw new Error(`${each}: exit code ${String(run.exit)}\n${run.out}${run.err}`)
          return [each, run] as const
        }),
    )
  }

  changeNodes(change: (nodes: Record<string, Record<string, unknown>>) => void): void {
    const nodes = this.json('nodes.json') as Record<string, Record<string, unknown>>
    change(nodes)
    this.write('nodes.json', nodesText(nodes))
  }

  /** From now on an agent has the operator's key, as no line names one. */
  async startAgent(): Promise<void> {
    const agent = spawn('ssh-agent', ['-D', '-a', this.path('agent')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => void agent.kill())
    await once(agent.stdout, 'data')
    this.environment['SSH_AUTH_SOCK'] = this.path('agent')
    this.lines('ssh-add -q key.pem')
  }

  /** By id, of instances that run. */
  instancesOf(group: string): string[] {
    const { data } = this.runJson('instance:list', group) as {
      data: { instances: { id: string; state: string }[] }
    }
    return data.instances.filter(({ state }) => state === 'running').map(({ id }) => id)
  }

  /** What chef-solo has said when the instance came up, as an operator would look. */
  firstConverge(group: string, id: string): string {
    const words = ['--id', id, '--key', 'key.pem', '--', 'sudo cat /var/log/package/converge.log']
    return this.run('instance:ssh', group, ...words).out
  }

  /** The logs of the last deploy, by instance. */
  deployLogs(): Map<string, string> {
    const runs = readdirSync(this.path('.package/runs')).sort((a, b) => a.localeCompare(b))
    const { hosts } = this.json(`.package/runs/${runs.at(-1) ?? ''}`) as {
      hosts: { id: string; log: string }[]
    }
    return new Map(hosts.map(({ id, log }) => [id, this.read(log)]))
  }
}
