import { PackageError } from '@package/core/errors'
import { expect, test } from 'vitest'

import { humanView } from './human.ts'

/** A view whose output is looked at. */
function looked() {
  const said = { out: '', err: '' }
  const view = humanView({
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += text),
    hasColour: () => false,
    liveSize: () => undefined,
  })
  return { view, said }
}

const awkward = 'FATAL: \u001B[2J\u001B[31mboom\u0007\u009B1A\rover'
const shown = 'FATAL: ?[2J?[31mboom??1A?over'

test('what others wrote moves no cursor and rings no bell, wherever it stands', () => {
  const { view, said } = looked()
  view.event({ level: 'warning', code: 'HOST_FAILED', text: awkward })
  view.event({ level: 'info', code: 'BUILD', text: awkward })
  view.event({ level: 'info', code: 'PROGRESS', text: awkward })
  expect(said.err).toBe(`warning: ${shown}\n${shown}\n${shown}\n`)
  view.result('instance:list', { data: {}, lines: [awkward] }, 0)
  expect(said.out).toBe(`${shown}\n`)
})

test('an error is one block, whatever stands in it', () => {
  const { view, said } = looked()
  const problems = [{ file: `${awkward}.json`, line: 1, column: 2, pointer: '/a\n', text: `${awkward}\nb` }]
  const hint = `look\n at ${awkward}`
  view.failure(
    new PackageError('system', 'CHEF_REFUSED', `refused (${awkward}\r\n  for you)`, { hint, problems }),
    1,
  )
  expect(said.err).toBe(
    [
      `error CHEF_REFUSED: refused (${shown} for you)`,
      `  ${shown}.json:1:2  ${shown} b  (/a )`,
      `  try  look at ${shown}`,
      '',
    ].join('\n'),
  )
})

test('a warning is a line; a difference has its own, with those ends of lines that the file has', () => {
  const { view, said } = looked()
  view.event({ level: 'warning', code: 'HOST_FAILED', text: 'one\ntwo' })
  view.event({ level: 'info', code: 'CHEF_DIFFERENCE', text: '-\tone\r\n+\ttwo\r\u2028\r' })
  expect(said.err).toBe('warning: one two\n-\tone\r\n+\ttwo?\u2028\r\n')
})
