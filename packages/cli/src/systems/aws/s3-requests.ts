import { EC2Client } from '@aws-sdk/client-ec2'
import type { ArtifactPlace, ArtifactUrl } from '@package/core/ports/cloud/artifacts'
import { HttpRequest, type HttpResponse } from '@smithy/core/protocols'
import { SignatureV4 } from '@smithy/signature-v4'

import { awsError, codeOf } from './aws-error.ts'
import { clientSettings } from './client-settings.ts'
import type { Connection } from './connection.ts'
import { PatientRetries } from './patient-retries.ts'
import { s3Address } from './s3-address.ts'

/** In milliseconds: a bundle over a slow line. */
const requestTimeout = 900_000

export interface S3Request {
  method: 'GET' | 'HEAD' | 'PUT'
  place: ArtifactPlace
  body?: Uint8Array
}

export interface S3Answer {
  status: number
  body: Uint8Array
  /** Empty for an answer that is no error. */
  code: string
  message: string
  region: string
  metadata: { httpStatusCode: number; requestId: string }
}

/** Few requests to S3, signed as the SDK would: its own client would be the largest part of the tool. */
export class S3Requests {
  readonly #connection: Connection
  readonly #config: EC2Client['config']
  readonly #regions = new Map<string, string>()
  readonly #usual: string

  constructor(connection: Connection, region: string) {
    this.#connection = connection
    this.#usual = region
    // For its credentials, its hash and its way to AWS.
    this.#config = new EC2Client(clientSettings(connection, region)).config
  }

  /**
   * Repeats what S3 throttles and what got lost, and goes to the bucket's own region. An answer that refuses is an answer. Throws
   * PackageError where there is none.
   */
  async send(operation: string, request: S3Request): Promise<S3Answer> {
    const retries = new PatientRetries(this.#connection.clock)
    let token = await retries.acquireInitialRetryToken()
    for (;;) {
      const region = this.#regionOf(request.place)
      const end = await this.#attempt(operation, request, region)
      if (!('thrown' in end) && end.errorType === undefined) return end.answer
      const info =
        'thrown' in end
          ? { errorType: 'TRANSIENT' as const, error: end.thrown }
          : { errorType: end.errorType ?? 'TRANSIENT' }
      try {
        token = await retries.refreshRetryTokenForRetry(token, info)
      } catch {
        if (!('thrown' in end)) return end.answer
        throw awsError(end.thrown, 's3', region, operation)
      }
    }
  }

  async presign(place: ArtifactPlace, seconds: number): Promise<ArtifactUrl> {
    const now = this.#connection.time.now()
    const { expiration } = await this.#config.credentials()
    const request = this.#requestOf({ method: 'GET', place })
    request.headers['x-amz-content-sha256'] = 'UNSIGNED-PAYLOAD'
    const options = { expiresIn: seconds, signingDate: new Date(now) }
    const {
      query = {},
      protocol,
      headers,
      path,
    } = await this.#signer(this.#regionOf(place)).presign(request, options)
    const pairs = Object.entries(query).map(([name, value]) => {
      return `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`
    })
    const url = `${protocol}//${headers['host'] ?? ''}${path}?${pairs.join('&')}`
    return { url, expiresAt: Math.min(now + seconds * 1000, expiration?.getTime() ?? Infinity) }
  }

  #regionOf({ bucket }: ArtifactPlace): string {
    return this.#regions.get(bucket) ?? this.#usual
  }

  #signer(region: string): SignatureV4 {
    const { credentials, sha256 } = this.#config
    return new SignatureV4({ service: 's3', region, credentials, sha256, uriEscapePath: false })
  }

  #requestOf({ method, place, body }: S3Request): HttpRequest {
    const address = s3Address(place, this.#regionOf(place), this.#connection.endpoint)
    return new HttpRequest({
      method,
      ...address,
      headers: { host: address.hostname + (address.port === undefined ? '' : `:${String(address.port)}`) },
      ...(body && { body }),
    })
  }

  async #attempt(operation: string, request: S3Request, region: string) {
    const started = performance.now()
    const told = (status: number, requestId: string) =>
      this.#connection.onCall?.({
        service: 's3',
        region,
        operation,
        status,
        requestId,
        milliseconds: Math.round(performance.now() - started),
      })
    try {
      const signingDate = new Date(this.#connection.time.now())
      const signed = await this.#signer(region).sign(this.#requestOf(request), { signingDate })
      const handler = this.#config.requestHandler
      const { response } = await handler.handle(signed as HttpRequest, { requestTimeout })
      this.#connection.time.hear(response.headers['date'])
      const answer = await answerOf(response, region)
      told(answer.status, answer.metadata.requestId)
      const home = response.headers['x-amz-bucket-region']
      const isElsewhere = answer.status !== 200 && home !== undefined && home !== region
      if (isElsewhere) this.#regions.set(request.place.bucket, home)
      return { answer, errorType: isElsewhere ? ('TRANSIENT' as const) : errorTypeOf(answer) }
    } catch (thrown) {
      told(0, '')
      if (!(thrown instanceof Error) || codeOf(thrown) === undefined) throw thrown
      return { thrown: thrown as Error & { cause?: Error } }
    }
  }
}

async function answerOf(response: HttpResponse, region: string): Promise<S3Answer> {
  const { statusCode, headers } = response
  const body = await bytesOf(response.body)
  const text = statusCode < 300 ? '' : new TextDecoder().decode(body)
  const metadata = { httpStatusCode: statusCode, requestId: headers['x-amz-request-id'] ?? '' }
  // Of a wrong signature S3 goes on with what was signed, which is nobody's business.
  const word = (name: string) => new RegExp(`<${name}>([^<\\n]*)`).exec(text)?.[1]?.trim()
  const code = word('Code') ?? (statusCode < 300 ? '' : (codes[statusCode] ?? `HTTP${String(statusCode)}`))
  return { status: statusCode, body, code, message: word('Message') ?? '', region, metadata }
}

/** A stream, or inside this process the bytes themselves. */
async function bytesOf(body: unknown): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body
  const chunks: Uint8Array[] = []
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Of answers without a body, those to HEAD. */
const codes: Readonly<Record<number, string>> = { 403: 'AccessDenied', 404: 'NotFound' }

/** S3 User Guide, "Best practices design patterns": what is to be repeated. */
function errorTypeOf({ status, code }: S3Answer): 'THROTTLING' | 'TRANSIENT' | undefined {
  if (/^(SlowDown|RequestLimitExceeded|Throttling)/.test(code) || status === 429) return 'THROTTLING'
  return status >= 500 || code === 'RequestTimeout' ? 'TRANSIENT' : undefined
}
