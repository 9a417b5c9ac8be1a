import { parse } from 'just-bash'

/** Whether a script ends in the middle of something: an open quote, a loop, a here-document, or after a backslash. */
export function isIncomplete(script: string): boolean {
  if (/(^|[^\\])(\\\\)*\\$/.test(script)) return true
  try {
    return JSON.stringify(parse(script)).includes('"terminated":false')
  } catch (error) {
    return error instanceof Error && /\bEOF\b/.test(error.message)
  }
}
