import { once } from 'node:events'
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** A call of a run: how often a run looks while it waits is a matter of luck, so it is found by the changes before it. */
export interface Position {
  /** How many calls that change something it comes after; it is one itself where `look` is 0. */
  changes: number
  /** Of the calls since then that only look. */
  look: number
  operation: string
}

export interface Cut extends Position {
  /** An answer that is lost was carried out. */
  when: 'before' | 'after'
}

interface Call {
  position: Position
  target: string
  asked: IncomingMessage
  body: string
}

/** Stands between a run and its AWS, notes its calls, and ends it at one of them. */
export class CuttingProxy {
  readonly positions: Position[] = []
  readonly #target: string
  readonly #cut: Cut | undefined
  readonly #server: Server
  #changes = 0
  #looks = 0
  #cutOff: () => void = () => undefined
  #isCut = false

  constructor(target: string, cut?: Cut) {
    this.#target = target
    this.#cut = cut
    this.#server = createServer((asked, answer) => {
      this.#pass(asked, answer).catch((error: unknown) => answer.destroy(error as Error))
    })
  }

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`
  }

  /** What ends the run. */
  onCut(cutOff: () => void): void {
    this.#cutOff = cutOff
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }

  async #pass(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = await text(asked)
    // What a dead run had already sent on another connection is lost with it.
    if (this.#isCut) return void asked.socket.destroy()
    const position = this.#note(operationOf(asked, body))
    const when = this.#cutAt(position)
    if (when === 'before') return this.#end(asked)
    const answered = await forwarded({ position, target: this.#target, asked, body })
    const content = await text(answered)
    if (when === 'after') return this.#end(asked)
    answer.writeHead(answered.statusCode ?? 500, answered.headers).end(content)
  }

  #note(operation: string): Position {
    const isLook = /^(Describe|Get)/.test(operation)
    this.#changes += isLook ? 0 : 1
    this.#looks = isLook ? this.#looks + 1 : 0
    const position = { changes: this.#changes, look: this.#looks, operation }
    this.positions.push(position)
    return position
  }

  #cutAt({ changes, look }: Position): Cut['when'] | undefined {
    const isThere = this.#cut?.changes === changes && this.#cut.look === look
    return isThere ? this.#cut?.when : undefined
  }

  #end(asked: IncomingMessage): void {
    this.#isCut = true
    this.#cutOff()
    asked.socket.destroy()
  }
}

async function forwarded({ target, asked, body }: Call): Promise<IncomingMessage> {
  const { method, headers, url = '/' } = asked
  const sent = request(new URL(url, target), { method, headers })
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>
  sent.end(body)
  const [answer] = await answered
  return answer
}

function operationOf({ headers, url = '' }: IncomingMessage, body: string): string {
  const target = headers['x-amz-target']
  if (typeof target === 'string') return target.split('.').at(-1) ?? ''
  return new URLSearchParams(body).get('Action') ?? url.split('/').at(-1) ?? ''
}
