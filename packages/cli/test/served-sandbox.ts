import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

import { onTestFinished } from 'vitest'

import { cli } from './project.ts'
import type { SandboxProject } from './sandbox-project.ts'

/** A sandbox that a process of its own serves over HTTP. */
export interface ServedSandbox {
  url: string
  /** Gives its exit code. */
  stop: () => Promise<number | null>
}

/** Serves the project's sandbox with `sandbox:serve`, until the test is over at the latest. */
export async function serveSandbox(project: SandboxProject, speed = 300): Promise<ServedSandbox> {
  const words = ['sandbox:serve', '--port', '0', '--speed', String(speed), '--output', 'json']
  const server = spawn(process.execPath, [cli, ...words], {
    cwd: project.folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const stop = () => stopped(server)
  onTestFinished(async () => void (await stop()))
  for await (const line of createInterface({ input: server.stdout })) {
    const { code, data } = JSON.parse(line) as { code?: string; data?: { url: string } }
    if (code === 'SERVING' && data) return { url: data.url, stop }
  }
  throw new Error('it is not served')
}

async function stopped(server: ChildProcess): Promise<number | null> {
  if (server.exitCode !== null || server.signalCode !== null) return server.exitCode
  const closed = once(server, 'close')
  server.kill('SIGTERM')
  await closed
  return server.exitCode
}
