import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

import { expect, onTestFinished, test } from 'vitest'

import { callsOf, documentedCalls } from './documented-policies.ts'
import { ImageProject } from './image-project.ts'
import { cli } from './project.ts'
import { clusterNodes, type SandboxProject } from './sandbox-project.ts'
import { describeWith } from './tools.ts'

const nodes = {
  ...clusterNodes,
  __base__: { ...clusterNodes['__base__'], chef: { install: 'none' } },
}

/** A sandbox that is served, and every call that it has answered, whoever made it. */
class ServedCalls {
  readonly #server: ChildProcess
  #calls: string[] = []

  constructor(project: SandboxProject) {
    const words = ['sandbox:serve', '--port', '0', '--speed', '50', '--verbose', '--output', 'json']
    this.#server = spawn(process.execPath, [cli, ...words], {
      cwd: project.folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(async () => {
      const closed = once(this.#server, 'close')
      this.#server.kill('SIGTERM')
      await closed
    })
  }

  async serving(): Promise<void> {
    await new Promise<void>((resolve) => {
      createInterface({ input: this.#server.stdout as NodeJS.ReadableStream }).on('line', (line) => {
        const { code, data } = JSON.parse(line) as {
          code?: string
          data?: { service: string; operation: string }
        }
        if (code === 'SERVING') resolve()
        if (code === 'AWS_CALL' && data) this.#calls.push(`${data.service}:${data.operation}`)
      })
    })
  }

  /** Those since the last time. */
  taken(): string[] {
    const calls = callsOf(this.#calls)
    this.#calls = []
    return calls
  }
}

describeWith('packer', 'docs/iam.md', () => {
  test(
    'allows what the actions on images call, Packer among them, and nothing else',
    { timeout: 120_000 },
    async () => {
      const project = new ImageProject(nodes)
      project.environment['PACKAGE_POLL_INTERVAL'] = '0.2'
      const served = new ServedCalls(project)
      await served.serving()
      const recorded: Record<string, string[]> = {}
      const run = async (action: string, ...words: string[]) => {
        expect(await project.start(action, 'cluster', ...words)).toMatchObject({ exit: 0 })
        recorded[action] = callsOf([...(recorded[action] ?? []), ...served.taken()])
      }
      await run('packer:run')
      const killed = project.startBuild('cluster', '--force')
      await killed.says('AMI: ami-')
      killed.child.kill('SIGKILL')
      await killed.ended
      await run('packer:run', '--force')
      await run('packer:list')
      await run('packer:clean', '-n', '0')
      await project.start('packer:run', 'cluster')
      served.taken()
      await run('packer:delete', '--yes')
      expect(recorded).toEqual(documentedCalls((action) => action.startsWith('packer:')))
    },
  )
})
