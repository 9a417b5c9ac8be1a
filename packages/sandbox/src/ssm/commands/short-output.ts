import type { InvocationEnd } from './command.ts'

/** API Reference, CommandPlugin: what ListCommandInvocations shows of an output. */
const longest = 2500

const errorTitle = '\n----------ERROR-------\n'
const outputMark = '\n---Output truncated---'
const errorMark = '\n---Error truncated---'

/** Both outputs in one, as the agent puts them together. */
export function shortOutput({ stdout, stderr }: InvocationEnd): string {
  if (stderr === '') return cut(stdout, longest, outputMark)
  const space = longest - errorTitle.length
  const ofError = Math.max(space - stdout.length, Math.floor(space / 2))
  const error = cut(stderr, ofError, errorMark)
  return cut(stdout, space - error.length, outputMark) + errorTitle + error
}

function cut(text: string, length: number, mark: string): string {
  return text.length <= length ? text : text.slice(0, length - mark.length) + mark
}
