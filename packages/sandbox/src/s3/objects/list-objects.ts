import { AwsError } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { bucketNamed } from '../known-bucket.ts'
import type { S3Answer, S3Request } from '../s3-request.ts'
import { xmlDocument, type Xml } from '../xml.ts'

/** API Reference, ListObjectsV2: keys of one answer. */
const mostKeys = 1000

/** The keys of a bucket in the order of their bytes, those with the delimiter behind the prefix as one. */
export function listObjects({ bucket: name, query }: S3Request, scope: Scope): S3Answer {
  const { objects } = bucketNamed(scope, name)
  const prefix = query.get('prefix') ?? ''
  const delimiter = query.get('delimiter') ?? ''
  const token = query.get('continuation-token')
  const after = token === null ? (query.get('start-after') ?? '') : keyOf(token)
  const most = Math.min(Number(query.get('max-keys') ?? mostKeys), mostKeys)
  const encode = query.get('encoding-type') === 'url' ? encodeURIComponent : String
  const entries = [...entriesOf(Object.keys(objects), prefix, delimiter)].filter(
    ([key]) => Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0,
  )
  const shown = entries.slice(0, most)
  const last = shown.at(-1)?.[0]
  const isTruncated = shown.length < entries.length
  const contents = shown.flatMap(([key, isPrefix]): Xml[] => {
    const object = objects[key]
    if (isPrefix) return [['CommonPrefixes', [['Prefix', encode(key)]]]]
    return object
      ? [
          [
            'Contents',
            [
              ['Key', encode(key)],
              ['LastModified', new Date(object.modifiedAt).toISOString()],
              ['ETag', `"${object.md5}"`],
              ['Size', object.size],
              ['StorageClass', 'STANDARD'],
            ],
          ],
        ]
      : []
  })
  const head: Xml[] = [
    ['Name', name],
    ['Prefix', encode(prefix)],
    ['Delimiter', delimiter === '' ? undefined : encode(delimiter)],
    ['EncodingType', query.get('encoding-type') ?? undefined],
    ['MaxKeys', most],
    ['KeyCount', shown.length],
    ['IsTruncated', isTruncated],
    ['ContinuationToken', token ?? undefined],
    ['NextContinuationToken', isTruncated && last !== undefined ? tokenOf(last) : undefined],
  ]
  return { body: xmlDocument(['ListBucketResult', [...head, ...contents]]) }
}

/** Keys, and prefixes that stand for several. */
function entriesOf(keys: readonly string[], prefix: string, delimiter: string): Map<string, boolean> {
  const entries = new Map<string, boolean>()
  const found = keys.filter((key) => key.startsWith(prefix))
  for (const key of found.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))) {
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length)
    if (end === -1) entries.set(key, false)
    else entries.set(key.slice(0, end + delimiter.length), true)
  }
  return entries
}

function tokenOf(key: string): string {
  return Buffer.from(`after ${key}`).toString('base64')
}

function keyOf(token: string): string {
  const [, key] = /^after (.*)$/s.exec(Buffer.from(token, 'base64').toString()) ?? []
  if (key !== undefined) return key
  throw new AwsError('InvalidArgument', 'The continuation token provided is incorrect')
}
