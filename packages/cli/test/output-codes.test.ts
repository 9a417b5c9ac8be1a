import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { allActions } from '@package/core/actions/all'
import { exitCodeOf } from '@package/core/errors'
import { expect, test } from 'vitest'

import { checkout } from './tools.ts'

const document = readFileSync(join(checkout, 'docs/output.md'), 'utf8')
const sources = ['packages/core/src', 'packages/cli/src'].flatMap(sourcesIn)

/** The place that takes the code of each error of kind `system` from a table. */
const ofTable = "PackageError('system', cause.code,"

/** The places that pass a code on: AWS's own, of what advice.ts does not know; those of a table. */
const passedOn = [
  `PackageError(known?.kind ?? 'system', known?.code ?? spelled(code)`,
  'PackageError(cause.kind, cause.code,',
  'PackageError(kind, code, message, { hint, problems, cause })',
  ofTable,
]

const thrown = /new PackageError\(\s*'(\w+)',\s*'(\w+)',/g
/** Functions such as `refusal('NO_INSTANCE', …)`, which give a code to a PackageError of one kind. */
const helper = /^function (\w+)\(code: string.*\n {2}return new PackageError\('(\w+)', code,/gm
const advised = /\bkind: '(\w+)',\s*code: '(\w+)'/g
const tabled = /\bcode: '(\w+)',\n\s*hint: \(/g
const reported = /\blevel: '(\w+)',\s*code: '(\w+)'/g

test('docs/output.md lists every error code under its kind, and no other', () => {
  const codes = sources.flatMap((text) => [
    ...pairs(text, thrown),
    ...pairs(text, advised),
    ...byHelper(text),
    ...(text.includes(ofTable) ? [...text.matchAll(tabled)].map(([, code = '']) => `system ${code}`) : []),
  ])
  expect(documented('Errors of kind')).toEqual(sorted(codes))
})

test('docs/output.md lists every event code under its level, and no other', () => {
  const codes = sources.flatMap((text) => pairs(text, reported))
  expect(documented('Events of level')).toEqual(sorted(codes))
})

test('no code is written in a way that these patterns overlook', () => {
  const overlooked = sources.flatMap((text) => {
    const known = [thrown, helper, advised, tabled, reported].reduce(
      (left, pattern) => left.replaceAll(pattern, ''),
      text,
    )
    return withoutPassedOn(known).match(/\bPackageError\(\s*\S.*|\bcode: ['"`?(].*/g) ?? []
  })
  expect(overlooked).toEqual([])
})

test('docs/output.md gives each kind its exit code', () => {
  const headings = [...document.matchAll(/^### Errors of kind `(\w+)` \((\d+)\)$/gm)]
  const rows = [...document.matchAll(/^\| (\d+) +\| `(\w+)` +\|/gm)]
  expect(Object.fromEntries(headings.map(([, kind, exit]) => [kind, Number(exit)]))).toEqual(exitCodeOf)
  expect(Object.fromEntries(rows.map(([, exit, kind]) => [kind, Number(exit)]))).toEqual(exitCodeOf)
})

test.each((await allActions()).map(({ name }) => name))(
  'docs/output.md says what the data of %s is',
  (name) => {
    const from = document.indexOf('### `result`')
    const cells = [...document.slice(from, document.indexOf('### `error`')).matchAll(/^\| (`\w+:.*?) +\|/gm)]
    expect(cells.some(([, cell = '']) => cell.includes(`\`${name}\``))).toBe(true)
  },
)

function withoutPassedOn(text: string): string {
  return passedOn.reduce((left, piece) => left.replace(piece, ''), text)
}

/** `kind CODE` of each row below the headings that begin so. */
function documented(heading: string): string[] {
  const begin = new RegExp(`^${heading} \`(\\w+)\``)
  const codes = document.split(/^##+ /m).flatMap((section) => {
    const kind = begin.exec(section)?.[1]
    const rows = kind === undefined ? [] : [...section.matchAll(/^\| `(\w+)` +\|/gm)]
    return rows.map(([, code = '']) => `${String(kind)} ${code}`)
  })
  return sorted(codes)
}

function pairs(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, kind = '', code = '']) => `${kind} ${code}`)
}

function byHelper(text: string): string[] {
  return [...text.matchAll(helper)].flatMap(([, name = '', kind = '']) => {
    const calls = text.matchAll(new RegExp(`\\b${name}\\(\\s*'(\\w+)'`, 'g'))
    return [...calls].map(([, code = '']) => `${kind} ${code}`)
  })
}

function sorted(codes: readonly string[]): string[] {
  return [...new Set(codes)].sort()
}

function sourcesIn(folder: string): string[] {
  const paths = readdirSync(join(checkout, folder), { recursive: true, encoding: 'utf8' })
  const own = paths.filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
  return own.map((path) => readFileSync(join(checkout, folder, path), 'utf8'))
}
