import type { ServerChannel } from 'ssh2'

/** The output side of a session's channel: one write at a time, in order. */
export class ChannelOutput {
  readonly #channel: ServerChannel
  readonly #gone: Promise<void>
  readonly #isTerminal: boolean
  #last: Promise<void> = Promise.resolve()

  /**
   * A terminal has one stream, and needs its line ends spelled out. The signal is that nobody reads the output any more.
   */
  constructor(channel: ServerChannel, signal: AbortSignal, isTerminal: boolean) {
    this.#channel = channel
    this.#isTerminal = isTerminal
    this.#gone = new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
  }

  /** Done when the client has room for more, or is gone. */
  async write(stream: 'stdout' | 'stderr', data: Buffer | string): Promise<void> {
    const text = this.#isTerminal ? withCarriageReturns(data) : data
    const target = stream === 'stderr' && !this.#isTerminal ? this.#channel.stderr : this.#channel
    this.#last = this.#last.then(() => this.#writeTo(target, text))
    return this.#last
  }

  /** Ends the session with the exit code of its command. */
  async finish(exitCode: number): Promise<void> {
    await this.#last
    this.#channel.exit(exitCode)
    this.#channel.end()
  }

  async #writeTo(target: NodeJS.WritableStream, data: Buffer | string): Promise<void> {
    if (!this.#channel.writable || data.length === 0) return
    const written = new Promise<void>((resolve) => target.write(data, () => resolve()))
    // A channel that closes never calls back.
    await Promise.race([written, this.#gone])
    // ssh2 keeps the last piece for which there was no room, and sends it once more when stderr has to wait.
    Reflect.set(this.#channel, '_chunk', undefined)
    Reflect.set(this.#channel, '_chunkcb', undefined)
  }
}

function withCarriageReturns(data: Buffer | string): Buffer {
  const bytes = typeof data === 'string' ? Buffer.from(data) : data
  return Buffer.from(bytes.toString('latin1').replaceAll(/\r?\n/g, '\r\n'), 'latin1')
}
