import type { ErrorObject } from 'ajv'

import findSchemaProblems from './generated/find-schema-problems.js'
import { didYouMean } from './did-you-mean.ts'
import { isJsonObject } from './json.ts'
import { fromPointer, type Finding, type Path } from './problem.ts'

/** Everything in which a parsed nodes.json differs from its schema, in one sentence each. */
export function schemaFindings(value: unknown): Finding[] {
  findSchemaProblems(value)
  const errors = findSchemaProblems.errors ?? []
  const ofWrongType = new Set(
    errors.flatMap(({ keyword, instancePath }) => (keyword === 'type' ? [instancePath] : [])),
  )
  return errors.filter((error) => !isEcho(error, ofWrongType)).map((error) => findingOf(error, value))
}

/**
 * ajv reports `if` beside what the branch itself reports, `propertyNames` beside what its schema reports, and that a
 * value of the wrong type is not `false` either.
 */
function isEcho({ keyword, instancePath }: ErrorObject, ofWrongType: ReadonlySet<string>): boolean {
  return (
    keyword === 'if' || keyword === 'propertyNames' || (keyword === 'const' && ofWrongType.has(instancePath))
  )
}

function findingOf(error: ErrorObject, value: unknown): Finding {
  const path = pathOf(error.instancePath, value)
  if (error.propertyName !== undefined) {
    const text = `${JSON.stringify(error.propertyName)} is not ${expectation(error)}`
    return { path: [...path, error.propertyName], atKey: true, text }
  }
  if (error.keyword === 'additionalProperties') {
    const key = String(error.params['additionalProperty'])
    return { path: [...path, key], atKey: true, text: unknownKeySentence(key, path, error) }
  }
  return { path, text: valueSentence(error, path) }
}

function valueSentence(error: ErrorObject, path: Path): string {
  const { params, data } = error
  switch (error.keyword) {
    case 'type':
      return `must be ${typeNames(params['type'])}, not ${typeNameOf(data)}`
    case 'required':
      return `${JSON.stringify(params['missingProperty'])} is missing`
    case 'enum':
      return enumSentence(data, params['allowedValues'] as string[])
    case 'const':
      return `must be ${JSON.stringify(params['allowedValue'])} or an object, not ${JSON.stringify(data)}`
    case 'pattern':
      return `${shown(data, path)} is not ${expectation(error)}`
    case 'minItems':
      return 'must not be empty'
    default:
      return `${shown(data, path)} ${error.message ?? 'is not valid'}`
  }
}

function enumSentence(value: unknown, allowed: readonly string[]): string {
  const meant = typeof value === 'string' ? didYouMean(value, allowed) : ''
  return `${JSON.stringify(value)} is not one of ${allowed.map((name) => JSON.stringify(name)).join(', ')}${meant}`
}

function unknownKeySentence(key: string, path: Path, { parentSchema }: ErrorObject): string {
  const known = Object.keys((parentSchema?.['properties'] ?? {}) as object)
  if (path.length > 0) return `unknown key ${JSON.stringify(key)}${didYouMean(key, known)}`
  if (/^__.*__$/.test(key)) return `${JSON.stringify(key)} is not a reserved key${didYouMean(key, known)}`
  return (
    `${JSON.stringify(key)} is not a group name: letters, digits, "_" and "-", a letter or digit first, ` +
    '64 at most, not ending in "-v" and digits'
  )
}

/** The description of the schema's `$defs` entry whose pattern failed: "an AWS region, such as …". */
function expectation({ parentSchema }: ErrorObject): string {
  return String(parentSchema?.['description'])
}

function pathOf(pointer: string, value: unknown): Path {
  let at = value
  return (fromPointer(pointer) ?? []).map((key) => {
    const inList = Array.isArray(at)
    at = isJsonObject(at) || inList ? Reflect.get(at as object, key) : undefined
    return inList ? Number(key) : key
  })
}

const typeSentences: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'an object',
  string: 'a string',
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
}

function typeNames(type: unknown): string {
  const names = Array.isArray(type) ? type : [type]
  if (names.includes('boolean') && names.includes('object')) return 'false or an object'
  return names.map((name) => typeSentences[String(name)] ?? String(name)).join(' or ')
}

function typeNameOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return Number.isInteger(value) ? 'a number' : `the number ${String(value)}`
  return typeSentences[typeof value] ?? typeof value
}

/** The value, cut short. What stands in the place of a secret's name may be the secret, and is never shown. */
function shown(value: unknown, path: Path): string {
  if (path.at(-1) === 'secret') return 'this'
  const text = JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
