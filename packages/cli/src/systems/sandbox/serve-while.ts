import { setTimeout as sleep } from 'node:timers/promises'

import { serveHttp, type HttpDoor } from '@package/sandbox/doors/http-server'
import type { Sandbox } from '@package/sandbox/sandbox'

/** Runs the work with the address of a sandbox that answers over HTTP. */
export type ServeWhile = <T>(work: (url: string) => Promise<T>) => Promise<T>

/** So fast its clock runs meanwhile: a program that waits for an instance really waits. */
const speed = 50

/** In milliseconds: how soon an instance that has started answers SSH. */
const look = 250

interface Service {
  door: HttpDoor
  stop: AbortController
  answering: Promise<void>
}

/**
 * Serves the sandbox of this process for as long as any work needs it, its machines answering SSH all the while. Afterwards its
 * clock runs as before.
 */
export function serveWhile(sandbox: Sandbox): ServeWhile {
  let users = 0
  let service: Promise<Service> | undefined
  let closed = Promise.resolve()
  return async (work) => {
    users += 1
    const opened = (service ??= closed.then(() => open(sandbox)))
    try {
      return await work((await opened).door.url)
    } finally {
      users -= 1
      if (users === 0) {
        service = undefined
        closed = opened.then((ended) => close(sandbox, ended))
        await closed
      }
    }
  }
}

async function open(sandbox: Sandbox): Promise<Service> {
  await sandbox.setSpeed(speed)
  const door = await serveHttp(sandbox, 0)
  const stop = new AbortController()
  return { door, stop, answering: answerUntil(sandbox, stop.signal) }
}

async function close(sandbox: Sandbox, { door, stop, answering }: Service): Promise<void> {
  stop.abort()
  await answering
  try {
    await sandbox.setSpeed(1)
  } finally {
    await door.close()
  }
}

async function answerUntil(sandbox: Sandbox, signal: AbortSignal): Promise<void> {
  const nothing = () => undefined
  while (!signal.aborted) {
    await sandbox.answerSsh().catch(nothing)
    await sleep(look, undefined, { signal }).catch(nothing)
  }
}
