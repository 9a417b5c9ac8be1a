import { HttpResponse, type HttpRequest } from '@smithy/core/protocols'

import { AnswerLost, NeverAnswered } from '../faults/faults.ts'
import type { Sandbox } from '../sandbox.ts'

/** The in-process door: an SDK client given this as its `requestHandler` talks to the sandbox and to nothing else. */
export function requestHandler(sandbox: Sandbox) {
  return {
    async handle(request: HttpRequest): Promise<{ response: HttpResponse }> {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
      )
      const {
        status,
        headers: answered,
        body,
      } = await answerOrReset(sandbox, {
        method: request.method,
        path: request.path,
        query: queryOf(request.query),
        headers: { host: request.hostname, ...headers },
        body: bytesOf(request.body),
      })
      return {
        response: new HttpResponse({
          statusCode: status,
          headers: answered,
          body: request.method === 'HEAD' ? Buffer.alloc(0) : Buffer.from(body),
        }),
      }
    },
    metadata: { handlerProtocol: 'sandbox' },
  }
}

/** The SDK gives forms as text, and JSON as bytes. */
function bytesOf(body: unknown): Uint8Array {
  if (typeof body === 'string') return Buffer.from(body)
  return body instanceof Uint8Array ? body : new Uint8Array()
}

function queryOf(query: HttpRequest['query']): string {
  const pairs = Object.entries(query).flatMap(([name, values]) =>
    [values ?? ''].flat().map((value) => [name, value] as [string, string]),
  )
  return new URLSearchParams(pairs).toString()
}

/** Milliseconds on the account's clock until a caller gives up. */
const patience = 15_000

/** What the SDK's own handler throws when a connection breaks, and when there is no answer in time. */
async function answerOrReset(sandbox: Sandbox, request: Parameters<Sandbox['answer']>[0]) {
  try {
    return await sandbox.answer(request)
  } catch (error) {
    if (error instanceof NeverAnswered) {
      await sandbox.advance(patience)
      throw Object.assign(new Error('Connection timed out: no answer'), { name: 'TimeoutError' })
    }
    if (!(error instanceof AnswerLost)) throw error
    throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })
  }
}
