/** A line of the live area, narrower than the terminal, and how it looks. */
export interface LiveLine {
  text: string
  look: 'plain' | 'bold' | 'dim'
}

/** What a terminal has room for. */
export interface LiveSize {
  columns: number
  rows: number
}

/** A line of one row: cut, and without what would move the cursor. The last column stays free: some terminals wrap at it. */
export function liveLine(text: string, look: LiveLine['look'], { columns }: LiveSize): LiveLine {
  return { text: text.replaceAll(/\p{Cc}/gu, '?').slice(0, Math.max(1, columns - 1)), look }
}
