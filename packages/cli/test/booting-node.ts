import { spawn } from 'node:child_process'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'

import { onTestFinished } from 'vitest'

import { Project } from './project.ts'
import { chefEnvironment, checkout } from './tools.ts'

/** What the instance profile gives; no log may show the last two. */
export const profileKeys = {
  AccessKeyId: 'ASIANODE',
  SecretAccessKey: 'wJalr/XUtnFEMI+secret',
  Token: 'IQoJb3JpZ2luX2VjEJr//session+token==',
}

export interface Recorded {
  method: string
  url: string
  headers: Record<string, string>
  body: string
}

/** IMDSv2 of one instance: without a token nothing is answered. */
export function metadataOf(instanceId: string): Promise<string> {
  const answers: Record<string, string> = {
    'placement/region': 'us-east-1',
    'instance-id': instanceId,
    'iam/security-credentials/': 'node-role',
    'iam/security-credentials/node-role': JSON.stringify({ Code: 'Success', ...profileKeys }),
  }
  return serve((request, response) => {
    const path = (request.url ?? '').replace('/latest/meta-data/', '')
    if (request.method === 'PUT' && path === '/latest/api/token') response.end('imds-token')
    else if (request.headers['x-aws-ec2-metadata-token'] !== 'imds-token') response.writeHead(401).end()
    else response.writeHead(path in answers ? 200 : 404).end(answers[path])
  })
}

/** What is answered in place of a call's own answer, although the call was carried out. */
export type LostAnswer = { status: number; body: string } | undefined

/** A door before another one that keeps what comes through; the first of `lost` is for the first call. */
export async function recorderOf(target: string, lost: readonly LostAnswer[] = []) {
  const recorded: Recorded[] = []
  const url = await serve((request, response) => {
    void (async () => {
      const body = await bodyOf(request)
      const headers = request.headers as Record<string, string>
      const { method = '', url: path = '' } = request
      const instead = lost[recorded.length]
      recorded.push({ method, url: `${url}${path}`, headers, body })
      const { host: _host, connection: _connection, 'content-length': _length, ...passed } = headers
      const answer = await fetch(target + path, { method, headers: passed, ...(body !== '' && { body }) })
      const { status, body: text } = instead ?? {
        status: answer.status,
        body: Buffer.from(await answer.arrayBuffer()),
      }
      response.writeHead(status).end(text)
    })()
  })
  return { url, recorded }
}

/** A node's disk: what its image has put to /opt/package, and the log of its convergence. */
export class BootingNode {
  readonly disk = new Project()

  constructor(files: Readonly<Record<string, string>>) {
    for (const [path, text] of Object.entries(files)) this.disk.write(`opt/package/${path}`, text)
  }

  /** Runs user data as cloud-init does, with the Chef of the tests. */
  async boot(userData: string, endpoints: Readonly<Record<string, string>>, shell = '/bin/sh') {
    this.disk.write('part-001', userData)
    const { HOME: _home, ...environment } = chefEnvironment()
    const child = spawn(shell, [this.disk.path('part-001')], {
      cwd: '/',
      env: {
        ...environment,
        PATH: `${join(checkout, '.tools/chef/bin')}:${process.env['PATH'] ?? ''}`,
        PACKAGE_ROOT: this.disk.path('opt/package'),
        PACKAGE_LOG: this.disk.path('var/log/package/converge.log'),
        PACKAGE_CONSOLE: this.disk.path('console'),
        PACKAGE_SSH: this.disk.path('etc/ssh'),
        TMPDIR: dirname(this.disk.path('part-001')),
        ...endpoints,
      },
    })
    let out = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (out += text))
    }
    const exit = await new Promise<number | null>((resolve) => child.once('close', resolve))
    return { exit, out }
  }
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
  return Buffer.concat(parts).toString()
}
