import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'

import { cli, nodesText, Project, type Run } from './project.ts'

/** What the tests look at in the account on disk. */
export interface AccountOnDisk {
  regions: Record<
    string,
    {
      ec2: {
        instances: Record<string, { instanceId: string; ending?: { to: string } }>
        addresses: Record<string, { association?: object }>
        keyPairs: Record<string, { name: string }>
        volumes: Record<string, { volumeId: string; goneAt?: number }>
        securityGroups: Record<string, { groupId: string; name: string; rules: object[] }>
        tags: Record<string, Record<string, string>>
      }
    }
  >
}

const region = 'eu-central-1'

/** A group with everything that a launch can leave behind: elastic IPs, volumes, a key pair, security groups. */
export const clusterNodes = {
  __settings__: { project: 'tests' },
  __security_groups__: {
    cluster: {
      description: 'The cluster',
      ingress: [
        { protocol: 'tcp', ports: '22', from: ['my-ip'] },
        { protocol: 'tcp', ports: '29015', from: ['cluster'] },
      ],
    },
  },
  __base__: {
    region,
    instance_type: 't3.micro',
    ssh_username: 'ubuntu',
    source_ami: {
      owner: '099720109477',
      name: 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-*',
      architecture: 'x86_64',
    },
    security_groups: ['cluster'],
    autoscale: false,
  },
  cluster: {
    description: 'A cluster',
    elastic_ip: true,
    count: 2,
    block_devices: [{ device: '/dev/xvdf', size_gib: 10, type: 'gp3' }],
  },
}

/** A project of its own whose AWS is its sandbox, with a key to log in with. */
export class SandboxProject extends Project {
  readonly environment: Record<string, string> = {
    PACKAGE_SANDBOX: '1',
    PACKAGE_POLL_INTERVAL: '5',
    AWS_EC2_METADATA_DISABLED: 'true',
  }

  constructor(nodes: object = clusterNodes) {
    super({ 'nodes.json': nodesText(nodes) })
    this.newKey('key.pem')
  }

  /** From now on its AWS account is that of the other project. */
  shareAccountOf(other: SandboxProject): void {
    for (const project of [other, this]) mkdirSync(project.path('.package'), { recursive: true })
    mkdirSync(other.path('.package/sandbox'), { recursive: true })
    symlinkSync(other.path('.package/sandbox'), this.path('.package/sandbox'))
  }

  newKey(path: string, type: 'ed25519' | 'ecdsa' = 'ed25519'): void {
    const { status, stderr } = spawnSync('ssh-keygen', ['-q', '-t', type, '-N', '', '-f', this.path(path)])
    if (status !== 0) throw new Error(stderr.toString())
  }

  override run(...words: string[]): Run {
    return this.runWith(this.environment, ...words)
  }

  /** With faults of the sandbox, for this one run. */
  runWithFaults(faults: object, ...words: string[]): Run {
    writeFileSync(this.path('faults.json'), JSON.stringify(faults))
    return this.runWith({ ...this.environment, PACKAGE_SANDBOX_FAULTS: this.path('faults.json') }, ...words)
  }

  /** Beside others: gives the run when it is over. */
  async start(...words: string[]): Promise<Run> {
    const child = spawn(process.execPath, [cli, ...words], {
      cwd: this.folder,
      env: { ...process.env, ...this.environment },
    })
    const texts = { out: '', err: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.err += text))
    const exit = await new Promise<number | null>((resolve) => child.once('close', resolve))
    return { exit, ...texts }
  }

  account(): AccountOnDisk['regions'][string]['ec2'] {
    const path = this.path('.package/sandbox/account.json')
    const empty = { instances: {}, addresses: {}, keyPairs: {}, volumes: {}, securityGroups: {}, tags: {} }
    if (!existsSync(path)) return empty
    const account = JSON.parse(readFileSync(path, 'utf8')) as AccountOnDisk
    return account.regions[region]?.ec2 ?? empty
  }

  /** Instances that were not told to end. */
  liveInstances(): string[] {
    return Object.values(this.account().instances).flatMap(({ instanceId, ending }) =>
      ending === undefined ? [instanceId] : [],
    )
  }

  /** What costs money or stands in the way once no instance is left. */
  leftovers(): string[] {
    const { addresses, keyPairs, volumes } = this.account()
    const files = this.files().filter((path) => path.startsWith('dna/instance/'))
    return [
      ...this.liveInstances(),
      ...Object.keys(addresses),
      ...Object.keys(keyPairs),
      ...Object.values(volumes).flatMap(({ volumeId, goneAt }) => (goneAt === undefined ? [volumeId] : [])),
      ...files,
    ]
  }

  /** The calls to AWS of a run with --verbose, in order: `ec2:RunInstances`. */
  calls(...words: string[]): string[] {
    const { out } = this.run(...words, '--verbose', '--output', 'json')
    const lines = out.trimEnd().split('\n')
    const events = lines.map(
      (line) => JSON.parse(line) as { code?: string; data?: { service: string; operation: string } },
    )
    return events.flatMap(({ code, data }) =>
      code === 'AWS_CALL' && data ? [`${data.service}:${data.operation}`] : [],
    )
  }
}
