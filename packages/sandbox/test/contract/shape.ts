import type { $SchemaRef, StaticStructureSchema } from '@smithy/types'

/** What an answer is made of: for each of the SDK's structures in it, the members that are there and their types. */
export type Shape = Record<string, Record<string, string>>

/** The shape of a value of this schema; the items of a list count as one. */
export function shapeOf(schema: $SchemaRef, value: unknown): Shape {
  const shape: Shape = {}
  collect(schema, value, shape)
  return shape
}

const list = 1
const structure = 3

function collect(reference: $SchemaRef, value: unknown, shape: Shape): void {
  const schema = resolve(reference)
  if (!Array.isArray(schema)) return
  if (schema[0] === list && Array.isArray(value)) {
    for (const item of value) collect(schema[4] as $SchemaRef, item, shape)
  }
  if (schema[0] !== structure || typeof value !== 'object' || value === null) return
  const [, , name, , members, schemas] = schema as StaticStructureSchema
  const seen = (shape[name] ??= {})
  for (const [index, member] of members.entries()) {
    const inner = (value as Record<string, unknown>)[member]
    const innerSchema = schemas[index]
    if (isNothing(inner) || innerSchema === undefined) continue
    seen[member] = typeOf(inner)
    collect(innerSchema, inner, shape)
  }
}

/** Lazy schemas are functions; one with traits is a pair of the schema and them. */
function resolve(reference: $SchemaRef): unknown {
  const schema: unknown = typeof reference === 'function' ? reference() : reference
  const isWithTraits = Array.isArray(schema) && schema.length === 2
  return isWithTraits ? resolve(schema[0] as $SchemaRef) : schema
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'list'
  if (value instanceof Date) return 'time'
  if (value instanceof Uint8Array) return 'bytes'
  return typeof value === 'object' ? 'structure' : typeof value
}

/** An empty list is as good as none: AWS writes `<tagSet/>` in some answers and leaves it out of others. */
function isNothing(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0)
}
