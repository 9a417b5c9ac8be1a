import { createHash } from 'node:crypto'

import { AwsError } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { bucketNamed } from '../known-bucket.ts'
import { noSuchKey } from '../s3-errors.ts'
import { s3Operation } from '../s3-operation.ts'
import type { S3Answer, S3Request } from '../s3-request.ts'
import type { StoredObject } from '../s3-state.ts'
import { askedRange } from './asked-range.ts'
import { dropBody, keepObject } from './keep-object.ts'
import { listObjects } from './list-objects.ts'

export const objectOperations = [
  s3Operation('PutObject', 'change', putObject),
  s3Operation('GetObject', 'read', getObject),
  s3Operation('HeadObject', 'read', headObject),
  s3Operation('DeleteObject', 'change', deleteObject),
  s3Operation('ListObjectsV2', 'read', listObjects),
]

/** S3 API Reference, PutObject: a condition for a key that nobody has. Throws AwsError for that, and for a body that was damaged. */
function putObject({ bucket: name, key, headers, body }: S3Request, scope: Scope): S3Answer {
  const bucket = bucketNamed(scope, name)
  checkBody(body, headers)
  if (headers['if-none-match'] === '*' && Object.hasOwn(bucket.objects, key)) {
    throw new AwsError(
      'PreconditionFailed',
      'At least one of the pre-conditions you specified did not hold',
      412,
    )
  }
  const metadata = Object.entries(headers).flatMap(([header, value]) => {
    const named = /^x-amz-meta-(.+)$/.exec(header)?.[1]
    return named === undefined || value === undefined ? [] : [[named, value] as const]
  })
  const { md5 } = keepObject(scope, bucket, key, {
    body,
    contentType: headers['content-type'] ?? 'binary/octet-stream',
    metadata: Object.fromEntries(metadata),
  })
  return { headers: { etag: `"${md5}"` } }
}

function checkBody(body: Uint8Array, headers: S3Request['headers']): void {
  const { 'content-md5': md5, 'x-amz-content-sha256': sha256 = '' } = headers
  if (md5 !== undefined && createHash('md5').update(body).digest('base64') !== md5) {
    throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.')
  }
  if (/^[0-9a-f]{64}$/.test(sha256) && createHash('sha256').update(body).digest('hex') !== sha256) {
    throw new AwsError(
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    )
  }
}

function getObject(request: S3Request, scope: Scope): S3Answer {
  const object = objectOf(request, scope)
  const body = scope.bodies.get(object.digest)
  const range = askedRange(request.headers['range'], object.size)
  if (!range) return { headers: headersOf(object), body }
  const [start, end] = range
  const part = body.subarray(start, end + 1)
  return {
    status: 206,
    headers: {
      ...headersOf(object),
      'content-length': String(part.length),
      'content-range': `bytes ${String(start)}-${String(end)}/${String(object.size)}`,
    },
    body: part,
  }
}

function headObject(request: S3Request, scope: Scope): S3Answer {
  return { headers: headersOf(objectOf(request, scope)) }
}

/** Succeeds for one that is not there, too. */
function deleteObject({ bucket: name, key }: S3Request, scope: Scope): S3Answer {
  const { objects } = bucketNamed(scope, name)
  const object = Object.hasOwn(objects, key) ? objects[key] : undefined
  delete objects[key]
  if (object) dropBody(scope, object)
  return { status: 204 }
}

function objectOf({ bucket: name, key }: S3Request, scope: Scope): StoredObject {
  const { objects } = bucketNamed(scope, name)
  const object = Object.hasOwn(objects, key) ? objects[key] : undefined
  if (!object) throw noSuchKey()
  return object
}

function headersOf({ size, md5, modifiedAt, contentType, metadata }: StoredObject): Record<string, string> {
  const named = Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name}`, value] as const)
  return {
    'accept-ranges': 'bytes',
    'content-length': String(size),
    'content-type': contentType,
    etag: `"${md5}"`,
    'last-modified': new Date(modifiedAt).toUTCString(),
    ...Object.fromEntries(named),
  }
}
