import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { parseJson } from './parse-json.ts'

const refused = new Set(['__proto__', 'prototype', 'constructor'])
const holdsRefusedKey = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).some(([key, member]) => refused.has(key) || holdsRefusedKey(member))

describe('parseJson', () => {
  test('reads every JSON text as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 2, '\t'), (value, indent) => {
        fc.pre(!holdsRefusedKey(value))
        const text = JSON.stringify(value, null, indent)
        const { value: parsed, problems } = parseJson('nodes.json', text)
        expect(problems).toEqual([])
        expect(parsed).toEqual(JSON.parse(text))
      }),
      { numRuns: 1000 },
    )
  })

  test('refuses every text that JSON.parse refuses', () => {
    const broken = fc.tuple(
      fc.jsonValue(),
      fc.nat(),
      fc.constantFrom(',', '}', ']', '"', ':', "'", '\\', '\n', 'x', ''),
    )
    fc.assert(
      fc.property(broken, ([value, at, insert]) => {
        const whole = JSON.stringify(value, null, 1)
        const position = at % (whole.length + 1)
        const text = whole.slice(0, position) + insert + whole.slice(position + (insert === '' ? 1 : 0))
        let isJson = true
        try {
          JSON.parse(text)
        } catch {
          isJson = false
        }
        fc.pre(!isJson)
        expect(() => parseJson('nodes.json', text)).toThrow('is not valid JSON')
      }),
      { numRuns: 2000 },
    )
  })

  test('refuses a key with a meaning of its own at any depth', () => {
    const path = fc.array(fc.constantFrom('a', 'toString'), { maxLength: 5 })
    fc.assert(
      fc.property(path, fc.constantFrom(...refused), (keys, key) => {
        const text = [...keys, key].reduceRight((inner, name) => `{"${name}": ${inner}}`, '1')
        const { problems } = parseJson('nodes.json', text)
        expect(problems.map(({ pointer }) => pointer)).toEqual([`/${[...keys, key].join('/')}`])
        expect(problems[0]?.text).toContain('is not allowed')
      }),
    )
  })

  test.each(['0', '-0', '1', '1.0', '0.10', '1e3', '1.5e-7', '9007199254740992', '123456789.123456'])(
    'keeps %s',
    (literal) => {
      expect(parseJson('f', literal).problems).toEqual([])
    },
  )

  test.each([
    '9007199254740993',
    '12345678901234567890',
    '1e999',
    '-1e999',
    '1e-400',
    '0.12345678901234567890',
    '1000000000000000000000',
  ])('refuses %s, which would become another number', (literal) => {
    expect(parseJson('f', literal).problems.map(({ text }) => text)).toEqual([
      `the number ${literal} cannot be kept exactly; write it as a string`,
    ])
  })

  test('keeps keys that every object inherits, and finds no duplicate in them', () => {
    const { value, problems } = parseJson('nodes.json', '{"toString": 1, "valueOf": {"hasOwnProperty": 2}}')
    expect(problems).toEqual([])
    expect(value).toEqual(JSON.parse('{"toString": 1, "valueOf": {"hasOwnProperty": 2}}'))
  })

  test('names the position of a duplicate key, in lines and UTF-16 columns', () => {
    const { problems } = parseJson('f', '{"é𝒳": 1,\r\n  "a": [{"b": 1, "b": 2}]}')
    expect(problems).toEqual([
      { file: 'f', line: 2, column: 18, pointer: '/a/0/b', text: 'duplicate key "b"; keep one of the two' },
    ])
  })
})
