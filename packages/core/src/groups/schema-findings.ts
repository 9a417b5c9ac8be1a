import type { ErrorObject } from 'ajv'

import schema from '../../nodes.schema.json' with { type: 'json' }
import { didYouMean } from './did-you-mean.ts'
import { isJsonObject } from './json.ts'
import { fromPointer, type Finding, type Path } from './problem.ts'

/** Says in one sentence each what ajv found. `value` is the parsed file that ajv looked at. */
export function schemaFindings(errors: readonly ErrorObject[], value: unknown): Finding[] {
  return errors.filter((error) => !isEcho(error)).map((error) => findingOf(error, value))
}

/** ajv reports `if` beside what the branch itself reports, and `propertyNames` beside what its schema reports. */
function isEcho(error: ErrorObject): boolean {
  return error.keyword === 'if' || error.keyword === 'propertyNames'
}

function findingOf(error: ErrorObject, value: unknown): Finding {
  const path = pathOf(error.instancePath, value)
  if (error.propertyName !== undefined) {
    const text = `${JSON.stringify(error.propertyName)} is not ${expectationOf(error.schemaPath)}`
    return { path: [...path, error.propertyName], atKey: true, text }
  }
  if (error.keyword === 'additionalProperties') {
    const key = String(error.params['additionalProperty'])
    return { path: [...path, key], atKey: true, text: unknownKeySentence(key, path, error.schemaPath) }
  }
  return { path, text: valueSentence(error, valueAt(value, path)) }
}

function valueSentence(error: ErrorObject, value: unknown): string {
  const { params } = error
  switch (error.keyword) {
    case 'type':
      return `must be ${typeNames(params['type'])}, not ${typeNameOf(value)}`
    case 'required':
      return `${JSON.stringify(params['missingProperty'])} is missing`
    case 'enum': {
      const allowed = (params['allowedValues'] as unknown[]).map((name) => JSON.stringify(name))
      const meant = typeof value === 'string' ? didYouMean(value, params['allowedValues'] as string[]) : ''
      return `${JSON.stringify(value)} is not one of ${allowed.join(', ')}${meant}`
    }
    case 'const':
      return `must be ${JSON.stringify(params['allowedValue'])} or an object, not ${JSON.stringify(value)}`
    case 'pattern':
      return `${shown(value)} is not ${expectationOf(error.schemaPath)}`
    case 'minItems':
      return 'must not be empty'
    default:
      return `${shown(value)} ${error.message ?? 'is not valid'}`
  }
}

function unknownKeySentence(key: string, path: Path, schemaPath: string): string {
  const known = knownKeys(schemaPath)
  if (path.length > 0) return `unknown key ${JSON.stringify(key)}${didYouMean(key, known)}`
  if (/^__.*__$/.test(key)) return `${JSON.stringify(key)} is not a reserved key${didYouMean(key, known)}`
  return (
    `${JSON.stringify(key)} is not a group name: letters, digits, "_" and "-", a letter or digit first, ` +
    '64 at most, not ending in "-v" and digits'
  )
}

function knownKeys(schemaPath: string): string[] {
  const parent = schemaAt(schemaPath.slice(0, schemaPath.lastIndexOf('/')))
  return isJsonObject(parent) && isJsonObject(parent['properties']) ? Object.keys(parent['properties']) : []
}

/** The description of the `$defs` entry that the failed keyword belongs to: "an AWS region, such as …". */
function expectationOf(schemaPath: string): string {
  const parent = schemaAt(schemaPath.slice(0, schemaPath.lastIndexOf('/')))
  const description = isJsonObject(parent) ? parent['description'] : undefined
  return typeof description === 'string' ? description : 'as expected here'
}

function schemaAt(schemaPath: string): unknown {
  const keys = fromPointer(schemaPath.replace(/^.*#/, '')) ?? []
  return keys.reduce<unknown>(
    (at, key) => (isJsonObject(at) || Array.isArray(at) ? Reflect.get(at, key) : undefined),
    schema,
  )
}

function pathOf(pointer: string, value: unknown): Path {
  let at = value
  return (fromPointer(pointer) ?? []).map((key) => {
    const inList = Array.isArray(at)
    at = isJsonObject(at) || inList ? Reflect.get(at as object, key) : undefined
    return inList ? Number(key) : key
  })
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, key) => Reflect.get(at as object, key), value)
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
  const names = (Array.isArray(type) ? type : [type]).map(
    (name) => typeSentences[String(name)] ?? String(name),
  )
  return names.join(' or ')
}

function typeNameOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return Number.isInteger(value) ? 'a number' : `the number ${String(value)}`
  return typeSentences[typeof value] ?? typeof value
}

function shown(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
