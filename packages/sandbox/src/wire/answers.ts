import type { StaticOperationSchema } from '@smithy/types'

import type { AwsError } from '../aws-error.ts'
import type { Protocol, Service } from '../operation.ts'
import type { S3Answer } from '../s3/s3-request.ts'
import { escaped } from '../s3/xml.ts'
import type { WireAnswer } from './request.ts'
import { answerHeaders, writeAnswer, writeError } from './write-answer.ts'

/** An operation's output as an HTTP answer. */
export function successAnswer(
  service: Service,
  protocol: Protocol,
  schema: StaticOperationSchema,
  output: unknown,
  requestId: string,
): WireAnswer {
  if (protocol !== 'rest') {
    const headers = answerHeaders(service, protocol, requestId)
    return { status: 200, headers, body: writeAnswer(service, protocol, schema, output, requestId) }
  }
  const { status = 200, headers = {}, body = '' } = output as S3Answer
  const type = typeof body === 'string' && body !== '' ? { 'content-type': 'application/xml' } : {}
  return { status, headers: { ...s3Headers(requestId), ...type, ...headers }, body }
}

/** A refusal as an HTTP answer. */
export function refusalAnswer(
  service: Service | undefined,
  protocol: Protocol,
  error: AwsError,
  requestId: string,
): WireAnswer {
  const { code, message, status } = error
  if (protocol !== 'rest') {
    const headers = answerHeaders(service, protocol, requestId, error)
    return { status, headers, body: writeError(protocol, error, requestId) }
  }
  const members = [
    ['Code', code],
    ['Message', message],
    ['RequestId', requestId],
  ].map(([name = '', text = '']) => `<${name}>${escaped(text)}</${name}>`)
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${members.join('')}</Error>`
  return { status, headers: { ...s3Headers(requestId), 'content-type': 'application/xml' }, body }
}

function s3Headers(requestId: string): Record<string, string> {
  return { 'x-amz-request-id': requestId, 'x-amzn-requestid': requestId }
}
