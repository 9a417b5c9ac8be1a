import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'

import { AnswerLost, NeverAnswered } from '../faults/faults.ts'
import type { Sandbox } from '../sandbox.ts'

/** In bytes; a RunInstances with the largest user data is far below, and an object of S3 may be that large. */
const largestBody = 1_000_000
const largestObject = 256_000_000

/** Where a door says which process it belongs to; no path of AWS. */
export const servedBy = '/package-sandbox'

export interface HttpDoor {
  /** What goes into AWS_ENDPOINT_URL. */
  url: string
  close(): Promise<void>
}

/**
 * The HTTP door, on 127.0.0.1 only: any AWS client can be pointed at it. Port 0 takes a free one. Throws the system's error
 * when the port is taken.
 */
export async function serveHttp(sandbox: Sandbox, port: number): Promise<HttpDoor> {
  const server = createServer((request, response) => void respond(sandbox, request, response))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const { port: bound } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${String(bound)}`
  sandbox.servedAt(url)
  return { url, close: () => close(server) }
}

async function respond(sandbox: Sandbox, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    if (request.method === 'GET' && request.url === servedBy) {
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ pid: process.pid }))
      return
    }
    const { method = 'GET', url = '/', headers } = request
    const body = await bodyOf(request, method === 'PUT' ? largestObject : largestBody)
    if (body === undefined) {
      response.writeHead(413).end()
      return
    }
    const [path = '/', query = ''] = url.split(/\?(.*)/s)
    const answer = await sandbox.answer({ method, path, query, headers: singleHeaders(headers), body })
    response.writeHead(answer.status, answer.headers).end(answer.body)
  } catch (error) {
    if (error instanceof NeverAnswered) return
    if (error instanceof AnswerLost) request.socket.destroy()
    else response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error))
  }
}

/** Undefined when it is too large. */
async function bodyOf(request: IncomingMessage, largest: number): Promise<Buffer | undefined> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > largest) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function singleHeaders(headers: IncomingHttpHeaders): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]),
  )
}

function close(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => {
    server.close(() => resolve())
  })
}
