/**
 * Text in which others may have put anything, for people: control characters as `?`, so that none moves the cursor or colours what
 * follows. Tabs and ends of lines stay, those of files with CRLF too.
 */
export function printable(text: string): string {
  return text.replaceAll(/(?![\n\t]|\r(?:\n|$))\p{Cc}/gu, '?')
}

/** The same, as one line. */
export function printableLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ').replaceAll(/(?!\t)\p{Cc}/gu, '?')
}
