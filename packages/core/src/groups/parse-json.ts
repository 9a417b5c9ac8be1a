import { printParseErrorCode, visit, type ParseErrorCode } from 'jsonc-parser'

import { PackageError } from '../errors.ts'
import type { Json, JsonObject } from './json.ts'
import { toPointer, type Path, type Problem } from './problem.ts'

/** Deeper nesting is refused: parsers, Chef and people all give up before this. */
const maxDepth = 100

/** Names that mean something else to JavaScript; an object with such a key is not what it looks like. */
const refusedKeys: ReadonlySet<string> = new Set(['__proto__', 'prototype', 'constructor'])

export interface ParsedJson {
  value: Json
  /** Duplicate keys, refused keys and numbers that would be changed: the text is JSON, but must not be used. */
  problems: Problem[]
}

export interface JsonSource {
  /** Of a file with secrets it is said where and what kind a mistake is, but nothing that the file holds, keys neither. */
  isSecret: boolean
}

/**
 * Reads strict JSON (RFC 8259) in one pass. Unlike JSON.parse it notices duplicate keys and knows every position.
 * Throws PackageError NODES_SYNTAX at the first place that is not JSON.
 */
export function parseJson(
  file: string,
  text: string,
  { isSecret }: JsonSource = { isSecret: false },
): ParsedJson {
  const builder = new JsonBuilder(file, text, isSecret)
  visit(
    text,
    {
      onObjectBegin: (_offset, _length, line, character) => builder.open({}, line, character),
      onObjectEnd: () => builder.close(),
      onArrayBegin: (_offset, _length, line, character) => builder.open([], line, character),
      onArrayEnd: () => builder.close(),
      onObjectProperty: (key, _offset, _length, line, character, path) =>
        builder.key(key, line, character, path),
      onLiteralValue: (value: unknown, offset, length, line, character, path) =>
        builder.literal(value as Json, offset, length, line, character, path),
      onError: (error, offset, _length, line, character) => builder.refuse(error, offset, line, character),
    },
    { disallowComments: true, allowTrailingComma: false },
  )
  return { value: builder.root, problems: builder.problems }
}

class JsonBuilder {
  root: Json = null
  readonly problems: Problem[] = []
  readonly #file: string
  readonly #text: string
  readonly #isSecret: boolean
  readonly #open: (Json[] | JsonObject)[] = []
  readonly #keys: string[] = []

  constructor(file: string, text: string, isSecret: boolean) {
    this.#file = file
    this.#text = text
    this.#isSecret = isSecret
  }

  open(container: Json[] | JsonObject, line: number, character: number): void {
    if (this.#open.length === maxDepth) {
      throw this.#syntaxError(line, character, `nested deeper than ${String(maxDepth)} levels`)
    }
    this.#add(container)
    this.#open.push(container)
    this.#keys.push('')
  }

  close(): void {
    this.#open.pop()
    this.#keys.pop()
  }

  key(key: string, line: number, character: number, path: () => Path): void {
    const object = this.#open.at(-1) as JsonObject
    if (refusedKeys.has(key)) {
      this.#report(
        line,
        character,
        [...path(), key],
        `the key${this.#unlessSecret(` ${JSON.stringify(key)}`)} is not allowed; choose another name`,
      )
    } else if (Object.hasOwn(object, key)) {
      this.#report(
        line,
        character,
        [...path(), key],
        `duplicate key${this.#unlessSecret(` ${JSON.stringify(key)}`)}; keep one of the two`,
      )
    }
    this.#keys[this.#keys.length - 1] = key
  }

  literal(
    value: Json,
    offset: number,
    length: number,
    line: number,
    character: number,
    path: () => Path,
  ): void {
    if (typeof value === 'number') {
      const literal = this.#text.slice(offset, offset + length)
      if (!isKept(literal, value)) {
        this.#report(
          line,
          character,
          path(),
          `the number${this.#unlessSecret(` ${literal}`)} cannot be kept exactly; write it as a string`,
        )
      }
    }
    this.#add(value)
  }

  refuse(error: ParseErrorCode, offset: number, line: number, character: number): never {
    const { sentence, found } = syntaxMistake(printParseErrorCode(error), this.#text, offset)
    const excerpt = found === undefined ? '' : ` (found ${JSON.stringify(found)})`
    throw this.#syntaxError(line, character, sentence + this.#unlessSecret(excerpt))
  }

  #unlessSecret(excerpt: string): string {
    return this.#isSecret ? '' : excerpt
  }

  #add(value: Json): void {
    const container = this.#open.at(-1)
    if (container === undefined) this.root = value
    else if (Array.isArray(container)) container.push(value)
    else {
      const key = this.#keys.at(-1) as string
      if (!refusedKeys.has(key)) container[key] = value
    }
  }

  #report(line: number, character: number, path: Path, text: string): void {
    this.problems.push({
      file: this.#file,
      line: line + 1,
      column: character + 1,
      ...(!this.#isSecret && { pointer: toPointer(path) }),
      text,
    })
  }

  #syntaxError(line: number, character: number, text: string): PackageError {
    const problem = { file: this.#file, line: line + 1, column: character + 1, text }
    return new PackageError('config', 'NODES_SYNTAX', `${this.#file} is not valid JSON`, {
      problems: [problem],
    })
  }
}

/** True when writing the number again gives the same: as much, and a whole number as a whole number. */
function isKept(literal: string, value: number): boolean {
  const written = String(value)
  if (literal === written || literal === '-0') return true
  return !/^-?\d+$/.test(literal) && significance(literal) === significance(written)
}

/** A number as its digits without leading and trailing zeros, and the place of the decimal point. */
function significance(literal: string): string {
  const [mantissa = '', exponent = '0'] = literal.toLowerCase().split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  const digits = (whole + fraction).replace(/^-?0*/, '')
  const kept = digits.replace(/0+$/, '')
  if (kept === '') return '0'
  const power = Number(exponent) - fraction.length + digits.length - kept.length
  return `${literal.startsWith('-') ? '-' : ''}${kept}e${String(power)}`
}

interface SyntaxMistake {
  sentence: string
  /** What stands in the place of what is expected, where that helps. */
  found?: string
}

function syntaxMistake(error: string, text: string, offset: number): SyntaxMistake {
  const first = text[offset]
  if (first === undefined) {
    return { sentence: 'the file ends too early: a value, a quote or a bracket is missing' }
  }
  if (first === "'") return { sentence: 'strings are written in double quotes, not single quotes' }
  if (text.startsWith('//', offset) || text.startsWith('/*', offset)) {
    return { sentence: 'JSON has no comments; remove it' }
  }
  const [found = first] = /^[^\s,:[\]{}"]+/.exec(text.slice(offset, offset + 40)) ?? []
  return { sentence: sentences[error] ?? 'this is not JSON', found }
}

const sentences: Readonly<Record<string, string>> = {
  InvalidSymbol: 'this is not JSON; keys and text stand in double quotes',
  InvalidNumberFormat: 'this is not a number as JSON writes it',
  PropertyNameExpected: 'a key in double quotes is expected here; is there a comma too many?',
  ValueExpected: 'a value is expected here; is there a comma too many?',
  ColonExpected: 'a colon is missing between key and value',
  CommaExpected: 'a comma is missing before this',
  CloseBraceExpected: 'a "}" is missing before this',
  CloseBracketExpected: 'a "]" is missing before this',
  EndOfFileExpected: 'the file should end here: one object is all it holds',
  UnexpectedEndOfString: 'this string has no closing quote on its line',
  InvalidUnicode: 'a \\u escape needs four hexadecimal digits',
  InvalidEscapeCharacter: 'this escape does not exist in JSON; a backslash itself is written \\\\',
  InvalidCharacter: 'this string holds a control character; write it as an escape such as \\n or \\t',
}
