import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { delimiter } from 'node:path'

import { onTestFinished } from 'vitest'

import { cli, nodesText, type Run } from './project.ts'
import { SandboxProject, type AccountOnDisk } from './sandbox-project.ts'

type Ec2OnDisk = AccountOnDisk['regions'][string]['ec2']

interface ImageOnDisk {
  imageId: string
  ownerId: string
  name: string
  createdAt: number
  isDeregistered?: boolean
  blockDevices: { ebs?: { snapshotId?: string } }[]
}

interface ImagesOnDisk extends Ec2OnDisk {
  instances: Record<string, { instanceId: string; imageId: string; ending?: { to: string } }>
  images: Record<string, ImageOnDisk>
  snapshots: Record<string, { ownerId: string }>
}

interface Account {
  clock: { speed: number; ahead: number }
  regions: { 'eu-central-1'?: { ec2: ImagesOnDisk } }
}

const accountPath = '.package/sandbox/account.json'
const ownAccount = '123456789012'

const base = {
  region: 'eu-central-1',
  instance_type: 't3.micro',
  ssh_username: 'ubuntu',
  source_ami: {
    owner: '099720109477',
    name: 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-*',
    architecture: 'x86_64',
  },
  autoscale: false,
}

const imageNodes = {
  __settings__: { project: 'tests' },
  __base__: base,
  web: {
    run_list: ['recipe[web]'],
    data_bags: ['codebases'],
    default_attributes: { port: 80 },
    tags: { team: 'a', odd: '{{x}}' },
  },
}

/** Groups of which nothing but the names is told apart. */
export function groupsNamed(...names: string[]): object {
  const { __settings__, __base__ } = imageNodes
  return { __settings__, __base__, ...Object.fromEntries(names.map((name) => [name, {}])) }
}

/** A project whose images the real Packer builds on its sandbox. */
export class ImageProject extends SandboxProject {
  constructor(nodes: object = imageNodes) {
    super(nodes)
    this.write('cookbooks/web/metadata.rb', "name 'web'\nversion '1.0.0'\n")
    this.write('cookbooks/web/recipes/default.rb', '')
    this.write('cookbooks/web/files/start.sh', '#!/bin/sh\n')
    this.write('data_bags/codebases/api.json', '{"id":"api"}\n')
  }

  /** In place of all that makes an image of a group: one line of shell, in which `{{group}}` is its name. */
  provisionWith(line: string): void {
    const shell = `{ "type": "shell", "inline": [${JSON.stringify(line)}] }`
    this.write('templates/packer.json.hbs', `{ "builders": [{{json builder}}], "provisioners": [${shell}] }`)
  }

  /** From now on the words of each start of Packer are kept. */
  recordPacker(program: string): void {
    this.write(
      'bin/packer',
      `#!/bin/sh\necho "$@" >> '${this.path('packer.calls')}'\nexec '${program}' "$@"\n`,
    )
    chmodSync(this.path('bin/packer'), 0o755)
    this.environment['PATH'] = `${this.path('bin')}${delimiter}${process.env['PATH'] ?? ''}`
  }

  /** How often Packer was started to build. */
  builds(): number {
    if (!this.has('packer.calls')) return 0
    return this.read('packer.calls')
      .split('\n')
      .filter((line) => line.startsWith('build ')).length
  }

  /** With faults of the sandbox from now on. */
  useFaults(faults: object): void {
    this.write('faults.json', JSON.stringify(faults))
    this.environment['PACKAGE_SANDBOX_FAULTS'] = this.path('faults.json')
  }

  changeGroup(name: string, change: (group: Record<string, unknown>) => void): void {
    const nodes = this.json('nodes.json')
    change(nodes[name] as Record<string, unknown>)
    this.write('nodes.json', nodesText(nodes))
  }

  override account(): ImagesOnDisk {
    const empty = { instances: {}, addresses: {}, keyPairs: {}, volumes: {}, securityGroups: {}, tags: {} }
    return this.wholeAccount().regions['eu-central-1']?.ec2 ?? { ...empty, images: {}, snapshots: {} }
  }

  wholeAccount(): Account {
    return this.json(accountPath) as unknown as Account
  }

  changeAccount(change: (ec2: ImagesOnDisk) => void): void {
    const account = this.wholeAccount()
    const region = account.regions['eu-central-1']
    if (region) change(region.ec2)
    this.write(accountPath, JSON.stringify(account))
  }

  /** Of this account, oldest first. */
  ownImages(): ImageOnDisk[] {
    return Object.values(this.account().images)
      .filter(({ ownerId, isDeregistered = false }) => ownerId === ownAccount && !isDeregistered)
      .sort((a, b) => a.createdAt - b.createdAt)
  }

  /** What a build leaves that is neither an image nor its snapshots. */
  buildLeftovers(): string[] {
    const { securityGroups, snapshots } = this.account()
    const images = this.ownImages()
    const used = new Set(images.flatMap(({ blockDevices }) => blockDevices.map(({ ebs }) => ebs?.snapshotId)))
    return [
      ...this.leftovers(),
      ...Object.values(securityGroups).flatMap(({ name }) => (name === 'default' ? [] : [name])),
      ...Object.entries(snapshots).flatMap(([id, { ownerId }]) =>
        ownerId === ownAccount && !used.has(id) ? [id] : [],
      ),
    ]
  }

  /** `packer:run`, to be interfered with. It does not outlive the test. */
  startBuild(...words: string[]): RunningBuild {
    const child = spawn(process.execPath, [cli, 'packer:run', ...words], {
      cwd: this.folder,
      env: { ...process.env, ...this.environment },
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    return new RunningBuild(child)
  }
}

/** A packer:run that goes on meanwhile. */
export class RunningBuild {
  readonly child: ChildProcess
  readonly ended: Promise<Run>
  #said = ''

  constructor(child: ChildProcess) {
    this.child = child
    const keep = (text: string) => void (this.#said += text)
    let out = ''
    child.stdout?.setEncoding('utf8').on('data', (text: string) => void (out += text))
    child.stderr?.setEncoding('utf8').on('data', keep)
    this.ended = new Promise((resolve) => {
      child.once('close', (exit) => resolve({ exit, out, err: this.#said }))
    })
  }

  /** Until it has said that. Throws an Error when it ends before. */
  async says(text: string): Promise<void> {
    let isOver = false
    void this.ended.then(() => (isOver = true))
    while (!this.#said.includes(text)) {
      if (isOver) throw new Error(`it ended without ${JSON.stringify(text)}: ${this.#said}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}
