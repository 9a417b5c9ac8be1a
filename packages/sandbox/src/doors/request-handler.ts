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
        path: request.path,
        headers,
        form: textOf(request.body),
      })
      return {
        response: new HttpResponse({ statusCode: status, headers: answered, body: Buffer.from(body) }),
      }
    },
    metadata: { handlerProtocol: 'sandbox' },
  }
}

/** The SDK gives JSON as bytes. */
function textOf(body: unknown): string {
  if (typeof body === 'string') return body
  return body instanceof Uint8Array ? new TextDecoder().decode(body) : ''
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
