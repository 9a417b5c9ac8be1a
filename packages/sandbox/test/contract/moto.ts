import { spawn } from 'node:child_process'
import { once } from 'node:events'

import { motoProfile } from './scenario.ts'

export interface Moto {
  url: string
  /** Forgets everything but an instance profile, which must exist before an instance can have it. */
  reset: () => Promise<void>
  stop: () => Promise<void>
}

const startsWithin = 30_000

/** A moto server of its own, on a port that the system chooses; `script` starts it in place of moto's own module. */
export async function startMoto(script?: string): Promise<Moto> {
  const program = script === undefined ? ['-m', 'moto.server'] : [script]
  const server = spawn('python3', [...program, '-H', '127.0.0.1', '-p', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const exited = once(server, 'exit')
  const stop = async () => {
    server.kill()
    await exited
  }
  let log = ''
  const url = new Promise<string>((resolve, reject) => {
    server.once('error', reject)
    server.once('exit', () => reject(new Error(`moto ended: ${log}`)))
    server.stderr.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-10_000)
      const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(log) ?? []
      if (address !== undefined) resolve(address)
    })
  })
  const timer = setTimeout(() => server.kill(), startsWithin)
  try {
    const address = await url
    return { url: address, reset: () => reset(address), stop }
  } finally {
    clearTimeout(timer)
  }
}

async function reset(url: string): Promise<void> {
  const { ok, status } = await fetch(`${url}/moto-api/reset`, { method: 'POST' })
  if (!ok) throw new Error(`moto answers its reset with ${String(status)}`)
  const made = await fetch(url, {
    method: 'POST',
    headers: { authorization: 'AWS4-HMAC-SHA256 Credential=AKIDTEST/20260101/us-east-1/iam/aws4_request' },
    body: new URLSearchParams({
      Action: 'CreateInstanceProfile',
      Version: '2010-05-08',
      InstanceProfileName: motoProfile,
    }),
  })
  if (!made.ok) throw new Error(`moto answers CreateInstanceProfile with ${String(made.status)}`)
}
