import { XmlShapeSerializer } from '@aws-sdk/core/protocols'
import { deref } from '@smithy/core/schema'
import type { $SchemaRef, StaticOperationSchema, StaticStructureSchema } from '@smithy/types'

import type { AwsError } from '../aws-error.ts'
import type { Protocol, Service } from '../operation.ts'
import { jsonCodec } from './asked-call.ts'

const text = 0
const boolean = 2
/** Marks a structure among the SDK's schemas. */
const structure = 3

/** An operation's output, as the protocol that the service was asked in frames it. */
export function writeAnswer(
  service: Service,
  protocol: Protocol,
  schema: StaticOperationSchema,
  output: unknown,
  requestId: string,
): string {
  return protocol === 'awsJson' ? writeJson(schema, output) : writeXml(service, schema, output, requestId)
}

function writeJson(schema: StaticOperationSchema, output: unknown): string {
  const serializer = jsonCodec.createSerializer()
  serializer.write(resultSchema(schema[5]), output ?? {})
  return new TextDecoder().decode(serializer.flush())
}

function writeXml(
  service: Service,
  schema: StaticOperationSchema,
  output: unknown,
  requestId: string,
): string {
  const name = schema[2]
  const result = resultSchema(schema[5])
  if (service.protocol === 'ec2Query') {
    const [, , , , names, members] = result
    const isVoid = names.length === 0
    const answer = struct(
      `${name}Response`,
      isVoid ? ['requestId', 'return'] : ['requestId', ...names],
      isVoid ? [text, boolean] : [text, ...members],
    )
    return write(service, answer, isVoid ? { requestId, return: true } : { requestId, ...(output as object) })
  }
  const [, , , , names, members] = result
  const metadata = struct('ResponseMetadata', ['RequestId'], [text])
  const answer = struct(
    `${name}Response`,
    [`${name}Result`, 'ResponseMetadata'],
    [struct(`${name}Result`, names, members), metadata],
  )
  return write(service, answer, { [`${name}Result`]: output, ResponseMetadata: { RequestId: requestId } })
}

/** A refusal. */
export function writeError(protocol: Protocol, error: AwsError, requestId: string): string {
  const { code: Code, message: Message } = error
  if (protocol === 'awsJson') return JSON.stringify({ __type: Code, message: Message })
  if (protocol === 'ec2Query') {
    const one = struct('Error', ['Code', 'Message'], [text, text])
    const all = struct('Errors', ['Error'], [one])
    const answer = struct('Response', ['Errors', 'RequestID'], [all, text])
    return serialize(answer, { Errors: { Error: { Code, Message } }, RequestID: requestId }, '')
  }
  const one = struct('Error', ['Type', 'Code', 'Message'], [text, text, text])
  const answer = struct('ErrorResponse', ['Error', 'RequestId'], [one, text])
  const Type = faultOf(error)
  return serialize(answer, { Error: { Type, Code, Message }, RequestId: requestId }, '')
}

/** An operation without output has the schema `unit`, which is not a structure. */
function resultSchema(schema: $SchemaRef): StaticStructureSchema {
  const resolved: unknown = deref(schema)
  return Array.isArray(resolved) && resolved[0] === structure
    ? (resolved as StaticStructureSchema)
    : struct('Unit', [], [])
}

function struct(name: string, names: string[], members: $SchemaRef[]): StaticStructureSchema {
  return [structure, 'package.sandbox', name, 0, names, members]
}

function write(service: Service, schema: StaticStructureSchema, value: unknown): string {
  return serialize(schema, value, service.xmlNamespace)
}

function serialize(schema: StaticStructureSchema, value: unknown, xmlNamespace: string): string {
  const serializer = new XmlShapeSerializer({
    timestampFormat: { useTrait: true, default: 5 },
    serviceNamespace: 'package.sandbox',
    xmlNamespace,
  })
  serializer.write(schema, value)
  return `<?xml version="1.0" encoding="UTF-8"?>\n${String(serializer.flush())}`
}

/** The headers of an answer, be it one or a refusal. */
export function answerHeaders(
  service: Service | undefined,
  protocol: Protocol,
  requestId: string,
  error?: AwsError,
): Record<string, string> {
  const common = { 'x-amzn-requestid': requestId, date: new Date().toUTCString() }
  if (protocol !== 'awsJson') return { ...common, 'content-type': 'text/xml;charset=UTF-8' }
  // Smithy, "awsQueryCompatible": the code that the query protocol has, for a service that spoke that first.
  const isCompatible = error !== undefined && service?.protocol === 'awsQuery'
  return {
    ...common,
    'content-type': `application/x-amz-json-${service?.json?.version ?? '1.0'}`,
    ...(isCompatible && { 'x-amzn-query-error': `${error.code};${faultOf(error)}` }),
  }
}

function faultOf({ status }: AwsError): string {
  return status < 500 ? 'Sender' : 'Receiver'
}
