const escape = '\u001B['

/** Control sequences, and characters. */
const pieces = new RegExp(`${escape.replace('[', String.raw`\[`)}[\\d;?]*[A-Za-z]|[^]`, 'gu')

/** What a terminal of that size shows of what is written to it: as much of a terminal as the live area uses. */
export class Screen {
  readonly columns: number
  readonly rows: number
  /** The rows that have scrolled out, and those on the screen. */
  readonly lines: string[] = ['']
  private row = 0
  private column = 0

  constructor(columns: number, rows: number) {
    this.columns = columns
    this.rows = rows
  }

  /** Throws for what such a terminal would have to know beside. */
  write(text: string): this {
    for (const [piece] of text.matchAll(pieces)) this.take(piece)
    return this
  }

  /** All of it, as somebody who scrolls up sees it. */
  get text(): string {
    return this.lines.map((line) => line.trimEnd()).join('\n')
  }

  private take(piece: string): void {
    if (piece.startsWith(escape)) this.control(piece.slice(2, -1), piece.at(-1) ?? '')
    else if (piece === '\n') this.down()
    else if (piece === '\r') this.column = 0
    else this.put(piece)
  }

  private put(character: string): void {
    if (this.column >= this.columns) {
      this.column = 0
      this.down()
    }
    const line = (this.lines[this.row] ?? '').padEnd(this.column)
    this.lines[this.row] = line.slice(0, this.column) + character + line.slice(this.column + 1)
    this.column += 1
  }

  private down(): void {
    this.row += 1
    while (this.lines.length <= this.row) this.lines.push('')
  }

  private control(number: string, letter: string): void {
    const top = Math.max(0, this.lines.length - this.rows)
    if (letter === 'm') return
    if (letter === 'A') this.row = Math.max(top, this.row - Number(number || 1))
    else if (letter === 'K' && number === '2') this.lines[this.row] = ''
    else if (letter === 'J' && number === '') {
      this.lines[this.row] = (this.lines[this.row] ?? '').slice(0, this.column)
      this.lines.length = this.row + 1
    } else throw new Error(`the terminal of the tests does not know ${JSON.stringify(number + letter)}`)
  }
}
