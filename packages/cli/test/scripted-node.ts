import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'

import type { Bundle } from '@package/core/ports/bundles'

import { deployScript, type DeployInput } from '../../templates/src/deploy.ts'
import { tarBundles } from '../src/systems/bundle/tar-bundles.ts'
import { Project } from './project.ts'

/** What the script of a deploy is made of, but for its bundle. */
export const input: Omit<DeployInput, 'digest' | 'brings'> = {
  run: '20261121T120000Z-abcdef',
  dna: { id: "web's", package: { stage: 'instance' }, run_list: ['role[role-web]'] },
  chef: { install: 'none', version: '18' },
  whyRun: false,
}

const role = { name: 'role-web', chef_type: 'role', json_class: 'Chef::Role', run_list: ['recipe[web]'] }

/** A machine of its own below a folder, and a bundle for it. */
export class Node extends Project {
  readonly root = this.path('opt/package')
  environment: NodeJS.ProcessEnv = process.env

  /** As a machine has it that is nobody's else. */
  #variables(): NodeJS.ProcessEnv {
    return {
      ...this.environment,
      PACKAGE_ROOT: this.root,
      PACKAGE_CLOUD_INIT: this.path('cloud-init'),
      PACKAGE_LOG: this.path('log/converge.log'),
      PACKAGE_CONSOLE: this.path('console'),
      PACKAGE_SSH: this.path('ssh'),
      PACKAGE_DEPLOY_LOG: this.path('log/deploy.log'),
    }
  }

  pack(recipe: string): Promise<Bundle> {
    this.write('cookbooks/web/metadata.rb', "name 'web'\nversion '1.0.0'\n")
    this.write('cookbooks/web/recipes/default.rb', recipe)
    return tarBundles(this.folder).pack([
      { path: 'roles/role-web.json', text: JSON.stringify(role) },
      { path: 'cookbooks/web', source: 'cookbooks/web' },
    ])
  }

  /** As sshd runs it: by a shell that is given all of it as one word. */
  converge({ digest }: Bundle, brought?: Uint8Array, more: Partial<DeployInput> = {}) {
    mkdirSync(dirname(this.root), { recursive: true })
    const script = deployScript({ ...input, digest, brings: brought !== undefined, ...more })
    const { status, stdout, stderr } = spawnSync('sh', ['-c', script], {
      cwd: this.folder,
      encoding: 'utf8',
      env: this.#variables(),
      ...(brought && { input: brought }),
    })
    return { exit: status, said: stdout + stderr }
  }

  /** The same, beside others. */
  start(run: string, bundle: Bundle | undefined): Promise<number | null> {
    if (bundle === undefined) throw new Error('there is no such bundle')
    const script = deployScript({ ...input, run, digest: bundle.digest, brings: true })
    return this.startScript(script, bundle.archive).exit
  }

  /** Runs a script beside others. */
  startScript(script: string, stdin: Uint8Array = new Uint8Array()) {
    mkdirSync(dirname(this.root), { recursive: true })
    const child = spawn('sh', ['-c', script], { env: this.#variables() })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (said += text))
    }
    child.stdin.on('error', () => undefined).end(stdin)
    const exit = once(child, 'close').then(([code]) => code as number | null)
    return { said: () => said, exit, end: () => child.kill('SIGTERM') }
  }

  left(): string[] {
    return readdirSync(dirname(this.root)).filter((name) => name !== 'package')
  }
}

/** In the place of Chef: its version, and what it is told to do. */
export function nodeWithChef(does: string): Node {
  const node = new Node()
  node.write(
    'bin/chef-solo',
    `#!/bin/sh\n[ "$1" = --version ] && echo 'Chef Infra Client: 18.1.0' && exit\n${does}\n`,
  )
  spawnSync('chmod', ['755', node.path('bin/chef-solo')])
  node.environment = { ...process.env, PATH: `${node.path('bin')}:${process.env['PATH'] ?? ''}` }
  return node
}

/** How scripts name the process that runs this test. */
export function ownName(run: string): string {
  const [, began = ''] = /^.*\) (?:\S+ ){19}(\d+)/.exec(readFileSync('/proc/self/stat', 'utf8')) ?? []
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  return [process.pid, began, boot, run].join('.')
}

/** Names, as scripts make them, of who does not live. */
export function deadNames(): string[] {
  const living = ownName('run')
  const [pid = '', , boot = ''] = living.split('.')
  return ['999999999.1.boot.run', 'broken', `${pid}.1.${boot}.run`, living.replace(boot, 'another-boot')]
}
