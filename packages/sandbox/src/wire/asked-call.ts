import { JsonCodec2, JsonShapeDeserializer2 } from '@smithy/core/protocols'
import { deref, NormalizedSchema } from '@smithy/core/schema'
import type { $SchemaRef, DocumentType } from '@smithy/types'

import { AwsError } from '../aws-error.ts'
import type { Protocol, Service } from '../operation.ts'
import { queryTree } from './query-tree.ts'
import { readInput } from './read-input.ts'
import { operationName } from '../s3/operation-name.ts'
import { s3Request } from '../s3/s3-request.ts'
import { formOf, type WireRequest } from './request.ts'

/** What a request asks for, and how. */
export interface AskedCall {
  protocol: Protocol
  operation: string
  /** The operation's input. Throws AwsError for what its schema does not know. */
  input(schema: $SchemaRef): Record<string, unknown>
}

/** As AwsJsonRpcProtocol in @aws-sdk/core/protocols has them; 7 are seconds since 1970. */
export const jsonCodec = new JsonCodec2({ timestampFormat: { useTrait: true, default: 7 }, jsonName: false })

export function askedCall(request: WireRequest, service: Service): AskedCall {
  const { headers } = request
  if (service.protocol === 'rest') {
    const asked = s3Request(request)
    return { protocol: 'rest', operation: operationName(asked), input: () => ({ request: asked }) }
  }
  const form = formOf(request)
  const [, jsonTarget, operation = ''] = /^([^.]+)\.(.+)$/.exec(headers['x-amz-target'] ?? '') ?? []
  if (service.json && jsonTarget === service.json.target) {
    return { protocol: 'awsJson', operation, input: (schema) => readJson(schema, form) }
  }
  const { protocol } = service
  const parameters = new URLSearchParams(form)
  return {
    protocol,
    operation: parameters.get('Action') ?? '',
    input: (schema) => {
      const given = [...parameters].filter(([name]) => name !== 'Action' && name !== 'Version')
      return readInput(schema, queryTree(given), protocol) as Record<string, unknown>
    },
  }
}

function readJson(schema: $SchemaRef, text: string): Record<string, unknown> {
  if (deref(schema) === 'unit') return {}
  try {
    const given = JSON.parse(text === '' ? '{}' : text) as DocumentType
    const deserializer = new JsonShapeDeserializer2(jsonCodec.settings)
    return deserializer.readObject(NormalizedSchema.of(schema), given) as Record<string, unknown>
  } catch (cause) {
    throw Object.assign(new AwsError('SerializationException', String(cause)), { cause })
  }
}
