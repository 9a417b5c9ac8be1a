import { NormalizedSchema } from '@smithy/core/schema'
import type { SchemaRef } from '@smithy/types'

import { AwsError } from '../aws-error.ts'
import type { Protocol } from '../operation.ts'
import { numbered, type QueryTree } from './query-tree.ts'

/**
 * Reads a query request back into the input of an operation, by the schema that the SDK wrote it with: the inverse of
 * QueryShapeSerializer in @aws-sdk/core/protocols. Throws AwsError for a parameter that the schema does not know and for
 * a value of the wrong type.
 */
export function readInput(schema: SchemaRef, tree: QueryTree, protocol: Protocol): unknown {
  return readStruct(NormalizedSchema.of(schema), tree, protocol, '')
}

function readStruct(schema: NormalizedSchema, tree: QueryTree, protocol: Protocol, path: string): object {
  const members = new Map<string, [string, NormalizedSchema]>()
  for (const [name, member] of schema.structIterator()) {
    members.set(memberKey(name, member, protocol), [name, member])
  }
  const input: Record<string, unknown> = {}
  for (const [key, child] of tree.children) {
    const [name, member] = members.get(key) ?? []
    if (name === undefined || member === undefined) throw unknownParameter(`${path}${key}`)
    const value = readValue(member, child, protocol, `${path}${key}`)
    if (value !== undefined) input[name] = value
  }
  return input
}

function memberKey(name: string, member: NormalizedSchema, protocol: Protocol): string {
  const { xmlName, ec2QueryName } = member.getMergedTraits()
  if (protocol === 'awsQuery') return xmlName ?? name
  if (typeof ec2QueryName === 'string') return ec2QueryName
  const key = xmlName ?? name
  return key.charAt(0).toUpperCase() + key.slice(1)
}

function readValue(schema: NormalizedSchema, tree: QueryTree, protocol: Protocol, path: string): unknown {
  if (schema.isListSchema()) return readList(schema, tree, protocol, path)
  if (schema.isStructSchema()) return readStruct(schema, tree, protocol, `${path}.`)
  const { text } = tree
  if (text === undefined) throw unknownParameter(path)
  return readText(schema, text, path)
}

function readList(schema: NormalizedSchema, tree: QueryTree, protocol: Protocol, path: string): unknown[] {
  const isFlat = protocol === 'ec2Query' || schema.getMergedTraits().xmlFlattened === 1
  const item = schema.getValueSchema()
  const list = isFlat ? tree : tree.children.get(item.getMergedTraits().xmlName ?? 'member')
  const items = list === undefined ? [] : numbered(list)
  return items.map((child, index) => readValue(item, child, protocol, `${path}.${String(index + 1)}`))
}

function readText(schema: NormalizedSchema, text: string, path: string): unknown {
  if (schema.isBooleanSchema()) {
    if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true'
    throw wrongValue(text, path)
  }
  if (schema.isNumericSchema()) {
    const number = Number(text)
    if (text === '' || Number.isNaN(number)) throw wrongValue(text, path)
    return number
  }
  if (schema.isTimestampSchema()) {
    const date = new Date(text)
    if (Number.isNaN(date.getTime())) throw wrongValue(text, path)
    return date
  }
  return schema.isBlobSchema() ? Buffer.from(text, 'base64') : text
}

function unknownParameter(path: string): AwsError {
  return new AwsError('UnknownParameter', `The parameter ${path} is not recognized`)
}

function wrongValue(text: string, path: string): AwsError {
  return new AwsError('InvalidParameterValue', `Value (${text}) for parameter ${path} is invalid.`)
}
