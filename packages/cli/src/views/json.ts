import type { Streams, View } from './view.ts'

/** The version of the stream's format; a change that breaks readers raises it. */
const format = 1

/** NDJSON on stdout: a version line, the events, and last the result or the error (docs/output.md). */
export function jsonView(streams: Streams, version: string): View {
  const line = (value: object) => streams.out(`${JSON.stringify(value)}\n`)
  return {
    start: () => line({ type: 'version', format, version }),
    event: ({ code, group, text, data }) =>
      line({ type: 'event', time: new Date().toISOString(), code, group, text, data }),
    result: (action, { data }, exit) => line({ type: 'result', action, exit, data }),
    failure: ({ kind, code, message, hint, problems }, exit) =>
      line({ type: 'error', kind, code, text: message, hint, problems, exit }),
  }
}
