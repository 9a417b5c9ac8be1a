import fc from 'fast-check'
import { expect, test } from 'vitest'

import { PackageError } from '../errors.ts'
import { parseJson } from './parse-json.ts'
import type { Problem } from './problem.ts'

/** No sentence has these in it. */
const words = fc.stringMatching(/^[A-Z][A-Z0-9#]{7,15}$/)
const numbers = fc.stringMatching(/^[1-9][0-9]{25,35}$/)

function problemsOf(text: string, isSecret: boolean): Problem[] {
  try {
    return parseJson('data_bags/db/prod.json', text, { isSecret }).problems
  } catch (error) {
    if (!(error instanceof PackageError)) throw error
    expect(error).toMatchObject({ code: 'NODES_SYNTAX', message: 'data_bags/db/prod.json is not valid JSON' })
    expect({ hint: error.hint, cause: error.cause }).toEqual({})
    return [...error.problems]
  }
}

function expectSilence(text: string, secret: string): void {
  const said = JSON.stringify(problemsOf(text, true))
  for (let start = 0; start + 4 <= secret.length; start += 1) {
    expect(said).not.toContain(secret.slice(start, start + 4))
  }
}

test.each<[string, (secret: string) => string, fc.Arbitrary<string>?]>([
  ['this is not JSON', (secret) => `{"id":"db","password":${secret}`],
  ['a comma is missing', (secret) => `{"id":"db" "${secret}":1}`],
  ['a comma is missing', (secret) => `["abc" ${secret}]`, numbers],
  ['a colon is missing', (secret) => `{"id" ${secret}}`, numbers],
  ['a key in double quotes', (secret) => `{${secret}: 1}`, numbers],
  ['a value is expected', (secret) => `{"${secret}": ,}`],
  ['this is not JSON', (secret) => `{"id": 1.${secret}}`],
  ['a comma is missing', (secret) => `{"${secret}": 1]`],
  ['a comma is missing', (secret) => `{"${secret}": [1}`],
  ['should end here', (secret) => `{} ${secret}`, numbers],
  ['no closing quote', (secret) => `{"id": "${secret}\n"}`],
  ['four hexadecimal digits', (secret) => String.raw`{"id": "\uZ${secret}"}`],
  ['this escape does not exist', (secret) => String.raw`{"id": "\q${secret}"}`],
  ['a control character', (secret) => `{"id": "${secret}\t"}`],
  ['ends too early', (secret) => `{"${secret}": `],
  ['not single quotes', (secret) => `{"id": '${secret}'}`],
  ['no comments', (secret) => `{} // ${secret}`],
  ['nested deeper', (secret) => `{"${secret}":`.repeat(101)],
  ['duplicate key', (secret) => `{"${secret}": {"${secret}": 1, "${secret}": 2}}`],
  ['is not allowed', (secret) => `{"${secret}": {"__proto__": 1}}`],
  ['cannot be kept exactly', (secret) => `{"${secret}": ${secret}}`, numbers],
])(
  '"%s" says of a secret file where and what kind, and nothing that is in it',
  (sentence, textOf, secrets = words) => {
    fc.assert(
      fc.property(secrets, (secret) => {
        const text = textOf(secret)
        const problems = problemsOf(text, true)
        expect(problems.map((problem) => problem.text).join('\n')).toContain(sentence)
        const places = (found: readonly Problem[]) =>
          found.map(({ file, line, column }) => ({ file, line, column }))
        expect(places(problems)).toEqual(places(problemsOf(text, false)))
        expectSilence(text, secret)
      }),
      { numRuns: 50 },
    )
  },
)

test('nor does it of a file that is damaged anywhere', () => {
  const damage = fc.tuple(
    fc.nat(),
    fc.nat(3),
    fc.constantFrom('', ',', '}', ']', '"', ':', "'", '\\', '\n', '/*', '1', 'x'),
  )
  fc.assert(
    fc.property(words, numbers, damage, (word, number, [at, removed, inserted]) => {
      const whole = `{"id": "db", "${word}": ["${word}", ${number}], "list": {"${word}": "${number}"}}`
      const position = at % whole.length
      const text = whole.slice(0, position) + inserted + whole.slice(position + removed)
      for (const secret of [word, number]) expectSilence(text, secret)
    }),
    { numRuns: 2000 },
  )
})
