import { styleText } from 'node:util'

import type { Streams } from '../view.ts'
import type { LiveLine } from './live-line.ts'

const escape = '\u001B['
const eraseBelow = `${escape}J`
const eraseLine = `${escape}2K`

/** The last lines of the terminal, which are written over. */
export interface LiveArea {
  /** Text above the area scrolls up, and stays; it ends with a newline. */
  draw(lines: readonly LiveLine[], above?: string): void
}

export function liveArea(streams: Streams): LiveArea {
  let drawn: string[] = []
  const paint = ({ text, look }: LiveLine) =>
    look === 'plain' || !streams.hasColour() ? text : styleText(look, text, { validateStream: false })
  /** To where the area begins. Most terminals wrap lines anew when they get narrower: then it has more rows than lines. */
  const toTop = () => {
    if (drawn.length === 0) return ''
    const columns = streams.liveSize()?.columns ?? Infinity
    const rows = drawn.reduce((sum, text) => sum + Math.max(1, Math.ceil(text.length / columns)), 0)
    return `${escape}${String(rows)}A\r`
  }
  return {
    draw(lines, above = '') {
      const texts = lines.map(({ text }) => text)
      const isSame = texts.length === drawn.length && texts.every((text, index) => text === drawn[index])
      if (isSame && above === '') return
      const isEmpty = drawn.length === 0
      // In one piece, and line by line over what is there: nothing is ever blank in between.
      const top = above === '' || isEmpty ? toTop() : `${toTop()}${eraseBelow}`
      const body = lines.map((line) => `${isEmpty ? '' : eraseLine}${paint(line)}\n`).join('')
      const rest = isEmpty ? '' : eraseBelow
      const text = `${top}${above}${body}${rest}`
      if (text !== '') streams.err(text)
      drawn = texts
    },
  }
}
