import { styleText } from 'node:util'

import type { Problem } from '@package/core/groups/problem'

import type { Streams, View } from './view.ts'

/** Plain lines for people: results on stdout, events and errors on stderr. Colour is only here. */
export function humanView(streams: Streams): View {
  const paint = (style: 'red' | 'yellow' | 'bold' | 'dim', text: string) =>
    streams.hasColour() ? styleText(style, text, { validateStream: false }) : text
  return {
    start: () => undefined,
    event: ({ level, text }) =>
      streams.err(`${level === 'warning' ? `${paint('yellow', 'warning')}: ` : ''}${text}\n`),
    result: (_action, { lines }) => streams.out(lines.map((line) => `${line}\n`).join('')),
    failure({ code, message, hint, problems }) {
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

/** `nodes.json:12:5`, as editors and terminals make it clickable. */
function placeOf({ file, line, column }: Problem): string {
  return [file, line, column].filter((part) => part !== undefined).join(':')
}

function pointerOf({ pointer }: Problem): string {
  return pointer === undefined || pointer === '' ? '' : `  (${pointer})`
}
