import { styleText } from 'node:util'

import type { Problem } from '@package/core/groups/problem'

import { liveProgress } from './live/live-progress.ts'
import { plainProgress } from './plain-progress.ts'
import { printable, printableLine } from './printable.ts'
import type { Streams, View } from './view.ts'

/**
 * Plain lines for people: results on stdout, events and errors on stderr. Colour is only here: what a text itself has of control
 * characters is shown as `?`. On a terminal, how far the waits have come is shown below them, in lines that are written over.
 */
export function humanView(streams: Streams): View {
  const paint = (style: 'red' | 'yellow' | 'bold' | 'dim', text: string) =>
    streams.hasColour() ? styleText(style, text, { validateStream: false }) : text
  const live = liveProgress(streams)
  const isWorthALine = plainProgress()
  return {
    start: () => undefined,
    event(event) {
      const { level, code, text, group } = event
      if (code === 'PROGRESS' && (live.show(event) || !isWorthALine(event))) return
      const line =
        level === 'warning' ? `${paint('yellow', 'warning')}: ${printableLine(text)}` : printable(text)
      live.print(`${line}\n`, group)
    },
    result(_action, { lines }) {
      live.end()
      streams.out(lines.map((line) => `${printable(line)}\n`).join(''))
    },
    failure({ code, message, hint, problems }) {
      live.end()
      const block = [`${paint('red', 'error')} ${paint('bold', code)}: ${printableLine(message)}`]
      block.push(
        ...problems.map((problem) => {
          const place = paint('bold', printableLine(placeOf(problem)))
          return `  ${place}  ${printableLine(`${problem.text}${pointerOf(problem)}`)}`
        }),
      )
      if (hint !== undefined) block.push(`  ${paint('dim', 'try')}  ${printableLine(hint)}`)
      streams.err(`${block.join('\n')}\n`)
    },
  }
}

/** `nodes.json:12:5`, as editors and terminals make it clickable. */
function placeOf({ file, line, column }: Problem): string {
  return [file, line, column].filter((part) => part !== undefined).join(':')
}

function pointerOf({ pointer }: Problem): string {
  return pointer === undefined || pointer === '' ? '' : `  (${pointer})`
}
