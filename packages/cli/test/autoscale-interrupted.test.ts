import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

import { expect, test } from 'vitest'

import { awsAt } from './killed-run.ts'
import { cli } from './project.ts'
import { SeededImages } from './seeded-images.ts'
import { serveSandbox } from './served-sandbox.ts'

const nodes = {
  __settings__: { project: 'tests' },
  __base__: {
    region: 'eu-central-1',
    instance_type: 't3.micro',
    ssh_username: 'ubuntu',
    source_ami: { owner: '099720109477', name: 'ubuntu-noble-*' },
  },
  web: {
    autoscale: { node_min: 1, node_max: 2, timeout: 0 },
    load_balancer: { listeners: [{ port: 80, protocol: 'http' }] },
  },
}

interface Line {
  type: string
  code?: string
  text?: string
  hint?: string
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s while AWS sets up a load balancer: the last line says what exists',
  { timeout: 60_000 },
  async (signal) => {
    const project = new SeededImages(nodes)
    project.addImage({ age: 1 })
    project.seed()
    const { url } = await serveSandbox(project, 1)
    const child = spawn(process.execPath, [cli, 'autoscale:run', 'web', '--output', 'json'], {
      cwd: project.folder,
      env: { ...process.env, ...awsAt(url), PACKAGE_POLL_INTERVAL: '0.2' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const closed = once(child, 'close')
    const lines: Line[] = []
    for await (const text of createInterface({ input: child.stdout })) {
      const line = JSON.parse(text) as Line
      lines.push(line)
      if (line.text?.endsWith('is provisioning')) child.kill(signal)
    }
    await closed
    expect(child.exitCode).toBe(130)
    const last = JSON.stringify(lines.at(-1))
    expect(lines.at(-1)).toMatchObject({ type: 'error' })
    expect(last).toMatch(/CANCELLED.*no version exists, load balancer web-\w+ is provisioning/)
    expect(last).toMatch(/the same command goes on where this one stopped/)
  },
)
