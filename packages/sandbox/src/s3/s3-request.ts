import type { WireRequest } from '../wire/request.ts'
import { withoutChunks } from './aws-chunked.ts'

/** A request to S3, as its operations read it. */
export interface S3Request {
  method: string
  /** Empty where none is named. */
  bucket: string
  key: string
  query: URLSearchParams
  /** Lower-case names. */
  headers: WireRequest['headers']
  body: Uint8Array
}

export interface S3Answer {
  status?: number
  headers?: Record<string, string>
  body?: string | Uint8Array
}

/** S3 User Guide, "Methods for accessing a bucket": the bucket is in the host or first in the path. */
export function s3Request({ method, path, query, headers, body }: WireRequest): S3Request {
  const host = /^(.+)\.s3[.-](?:[a-z0-9-]+\.)?amazonaws\.com(:\d+)?$/.exec(headers['host'] ?? '')?.[1]
  const [first = '', ...rest] = path.replace(/^\//, '').split('/')
  const [bucket, key] = host === undefined ? [first, rest.join('/')] : [host, [first, ...rest].join('/')]
  return {
    method,
    bucket: decodeURIComponent(bucket),
    key: decodeURIComponent(key),
    query: new URLSearchParams(query),
    headers,
    body: withoutChunks(body, headers),
  }
}

/** What of the bucket or object is meant, such as `uploads` or `acl`; not a parameter of a known operation. */
export function subresource({ query }: S3Request): string | undefined {
  const known =
    /^(x-id|x-amz-.*|list-type|prefix|delimiter|max-keys|continuation-token|start-after|encoding-type|fetch-owner|AWSAccessKeyId|Signature|Expires|response-.*)$/i
  return [...query.keys()].find((name) => !known.test(name))
}
