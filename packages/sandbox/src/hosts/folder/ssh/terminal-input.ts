import { StringDecoder } from 'node:string_decoder'

import type { ServerChannel } from 'ssh2'

import type { ChannelOutput } from './channel-output.ts'

const longestLine = 65_536

/** Cursor keys and the like, which a terminal that knows only lines has no use for. */
const escapeSequence = new RegExp(String.raw`\u001B(\[[\d;]*[A-Za-z~]?|O[A-Z]?|.?)`, 'g')

/** The input of somebody at a terminal, line by line: echoed, and corrected with backspace, ctrl-u and ctrl-w. */
export class TerminalInput {
  /** Called for ctrl-c. */
  onInterrupt: () => void = () => {}
  readonly #output: ChannelOutput
  readonly #decoder = new StringDecoder('utf8')
  readonly #lines: string[] = []
  #line = ''
  #isEnded = false
  #wake: () => void = () => {}

  constructor(channel: ServerChannel, output: ChannelOutput) {
    this.#output = output
    channel.on('data', (data: Buffer) => this.#take(this.#decoder.write(data).replaceAll(escapeSequence, '')))
    channel.on('end', () => this.#end())
    channel.on('close', () => this.#end())
  }

  /** The next line without its end; undefined after ctrl-d, or when the client is gone. */
  async nextLine(): Promise<string | undefined> {
    for (;;) {
      const line = this.#lines.shift()
      if (line !== undefined || this.#isEnded) return line
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  /** Everything up to ctrl-d. */
  async readAll(): Promise<Buffer> {
    const lines: string[] = []
    for (let line = await this.nextLine(); line !== undefined; line = await this.nextLine()) {
      lines.push(`${line}\n`)
    }
    return Buffer.from(lines.join(''))
  }

  #take(text: string): void {
    for (const character of text) this.#takeCharacter(character)
  }

  #takeCharacter(character: string): void {
    switch (character) {
      case '\r':
      case '\n':
        this.#lines.push(this.#line)
        this.#replaceLine('', '\n')
        return this.#wake()
      case '\u0003':
        this.#replaceLine('', '^C\n')
        return this.onInterrupt()
      case '\u0004':
        return this.#line === '' ? this.#end() : undefined
      case '\u007F':
      case '\b':
        return this.#erase(1)
      case '\u0015':
        return this.#erase(Array.from(this.#line).length)
      case '\u0017':
        return this.#erase(Array.from(/\S*\s*$/.exec(this.#line)?.[0] ?? '').length)
      default:
        if (character < ' ' || this.#line.length >= longestLine) return
        this.#replaceLine(this.#line + character, character)
    }
  }

  #erase(count: number): void {
    const characters = Array.from(this.#line)
    const erased = Math.min(count, characters.length)
    this.#replaceLine(characters.slice(0, characters.length - erased).join(''), '\b \b'.repeat(erased))
  }

  #replaceLine(line: string, echo: string): void {
    this.#line = line
    void this.#output.write('stdout', echo)
  }

  #end(): void {
    this.#isEnded = true
    this.#wake()
  }
}
