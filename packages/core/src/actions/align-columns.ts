/** Rows as lines, every column as wide as its widest cell. What is not ours (a Name on AWS) may hold anything. */
export function alignColumns(texts: readonly (readonly string[])[]): string[] {
  const rows = texts.map((row) => row.map((cell) => cell.replaceAll(/\p{Cc}/gu, '?')))
  const widths: number[] = []
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length)
  }
  return rows.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
