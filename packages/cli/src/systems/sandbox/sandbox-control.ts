import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import { PackageError } from '@package/core/errors'
import type { SandboxControl } from '@package/core/ports/sandbox'
import { serveHttp } from '@package/sandbox/doors/http-server'
import type { WantedImage } from '@package/sandbox/ec2/images/wanted-image'

import { checkAccount, openSandbox } from './embedded-aws.ts'
import { liveServer, removeServeFile, writeServeFile } from './serve-file.ts'

/** The project's sandbox, to be looked at, served and forgotten. */
export function sandboxControl(folder: string, images: readonly WantedImage[]): SandboxControl {
  return {
    async serve({ port, speed, onServing, onCall }) {
      await refuseSecondServer(folder)
      const sandbox = openSandbox(folder, images, onCall)
      checkAccount(sandbox)
      // Before anybody can know of it: a signal that comes first would end the process in the middle.
      const stopped = untilStopped()
      const door = await serveHttp(sandbox, port).catch((cause: unknown) => {
        throw portTaken(port, cause)
      })
      try {
        await sandbox.setSpeed(speed)
        writeServeFile(folder, { url: door.url, pid: process.pid })
        await sandbox.answerSsh()
        onServing(door.url)
        const answering = setInterval(() => void sandbox.answerSsh().catch(() => undefined), look)
        await stopped
        clearInterval(answering)
      } finally {
        removeServeFile(folder)
        try {
          // Somebody may have removed the project meanwhile.
          if (existsSync(folder)) await sandbox.setSpeed(1)
        } finally {
          await door.close()
          await sandbox.close()
        }
      }
    },
    async status() {
      const sandbox = openSandbox(folder, images)
      checkAccount(sandbox)
      return { folder, url: (await liveServer(folder))?.url, ...sandbox.summary() }
    },
    async reset() {
      await refuseSecondServer(folder)
      const sandbox = openSandbox(folder, images)
      await sandbox.reset()
      await sandbox.close()
      rmSync(join(folder, 'hosts'), { recursive: true, force: true })
    },
  }
}

/** In milliseconds: how soon after its start an instance that nobody asks about answers SSH. */
const look = 1000

/** Until the process is told to end. */
async function untilStopped(): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}

async function refuseSecondServer(folder: string): Promise<void> {
  const server = await liveServer(folder)
  if (server === undefined) return
  throw new PackageError('conflict', 'SANDBOX_SERVED', `the sandbox is served already, at ${server.url}`, {
    hint: `stop it first: kill ${String(server.pid)}`,
  })
}

function portTaken(port: number, cause: unknown): PackageError {
  const { code } = cause as NodeJS.ErrnoException
  return new PackageError('system', 'PORT', `port ${String(port)} cannot be used (${String(code)})`, {
    hint: 'name another --port; 0 takes a free one',
    cause,
  })
}
