import { styleText } from 'node:util'

import type { Problem } from '@package/core/groups/problem'

import type { Streams, View } from './view.ts'

/**
 * Plain lines for people: results on stdout, events and errors on stderr. Colour is only here. On a terminal, how far a wait has
 * come is one line that is written over.
 */
export function humanView(streams: Streams): View {
  const paint = (style: 'red' | 'yellow' | 'bold' | 'dim', text: string) =>
    streams.hasColour() ? styleText(style, text, { validateStream: false }) : text
  const progress = progressLine(streams)
  return {
    start: () => undefined,
    event({ level, code, text }) {
      if (code === 'PROGRESS' && progress.show(text)) return
      progress.clear()
      streams.err(`${level === 'warning' ? `${paint('yellow', 'warning')}: ` : ''}${text}\n`)
    },
    result(_action, { lines }) {
      progress.clear()
      streams.out(lines.map((line) => `${line}\n`).join(''))
    },
    failure({ code, message, hint, problems }) {
      progress.clear()
      const block = [`${paint('red', 'error')} ${paint('bold', code)}: ${message}`]
      block.push(
        ...problems.map(
          (problem) => `  ${paint('bold', placeOf(problem))}  ${problem.text}${pointerOf(problem)}`,
        ),
      )
      if (hint !== undefined) block.push(`  ${paint('dim', 'try')}  ${hint}`)
      streams.err(`${block.join('\n')}\n`)
    },
  }
}

/** The line that is written over; `show` is false where there is no terminal for it. */
function progressLine(streams: Streams): { show: (text: string) => boolean; clear: () => void } {
  let isShown = false
  return {
    show(text) {
      const width = streams.liveWidth()
      if (width === undefined) return false
      streams.err(`\r\u001B[2K${text.slice(0, width - 1)}`)
      isShown = true
      return true
    },
    clear() {
      if (isShown) streams.err('\r\u001B[2K')
      isShown = false
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
