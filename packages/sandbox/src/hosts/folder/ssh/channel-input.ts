import type { ServerChannel } from 'ssh2'

/** The input side of a session's channel, for protocols that read lines and counted bytes. */
export class ChannelInput {
  readonly #chunks: AsyncIterator<Buffer>
  #rest: Buffer = Buffer.alloc(0)

  constructor(channel: ServerChannel) {
    // Its output goes on after the end of its input.
    this.#chunks = channel.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>
  }

  /** Up to `most` bytes; none at the end of the input. */
  async read(most: number): Promise<Buffer> {
    if (this.#rest.length === 0 && !(await this.#fill())) return this.#rest
    const taken = this.#rest.subarray(0, most)
    this.#rest = this.#rest.subarray(taken.length)
    return taken
  }

  /** A line without its end; undefined at the end of the input. */
  async readLine(longest: number): Promise<string | undefined> {
    for (;;) {
      const end = this.#rest.indexOf(0x0a)
      if (end !== -1) {
        const line = this.#rest.subarray(0, end).toString()
        this.#rest = this.#rest.subarray(end + 1)
        return line
      }
      if (this.#rest.length > longest || !(await this.#fill())) return undefined
    }
  }

  /** Everything up to the end of the input. */
  async readAll(): Promise<Buffer> {
    const chunks: Buffer[] = []
    do {
      chunks.push(this.#rest)
      this.#rest = Buffer.alloc(0)
    } while (await this.#fill())
    return Buffer.concat(chunks)
  }

  async #fill(): Promise<boolean> {
    // A client that goes away ends the input early, which is an end like any other here.
    const next = await this.#chunks.next().catch(() => undefined)
    if (!next || next.done === true) return false
    this.#rest = this.#rest.length === 0 ? next.value : Buffer.concat([this.#rest, next.value])
    return true
  }
}
