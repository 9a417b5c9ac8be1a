import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { AnswerLost, NeverAnswered } from '../faults/faults.ts'
import type { Sandbox } from '../sandbox.ts'

/** In bytes; a RunInstances with the largest user data is far below. */
const largestBody = 1_000_000

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
  return { url: `http://127.0.0.1:${String(bound)}`, close: () => close(server) }
}

async function respond(sandbox: Sandbox, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    if (request.method === 'GET' && request.url === servedBy) {
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ pid: process.pid }))
      return
    }
    const form = await formOf(request)
    if (form === undefined) {
      response.writeHead(413).end()
      return
    }
    const { authorization, 'x-amz-target': target } = request.headers
    const headers = { authorization, 'x-amz-target': typeof target === 'string' ? target : undefined }
    const answer = await sandbox.answer({ path: request.url ?? '/', headers, form })
    response.writeHead(answer.status, answer.headers).end(answer.body)
  } catch (error) {
    if (error instanceof NeverAnswered) return
    if (error instanceof AnswerLost) request.socket.destroy()
    else response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error))
  }
}

/** The query of a GET, or the body; undefined when that is too large. */
async function formOf(request: IncomingMessage): Promise<string | undefined> {
  if (request.method === 'GET') return (request.url ?? '').split('?')[1] ?? ''
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > largestBody) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts).toString()
}

function close(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => {
    server.close(() => resolve())
  })
}
