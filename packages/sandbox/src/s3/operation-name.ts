import { notImplemented } from './s3-errors.ts'
import { subresource, type S3Request } from './s3-request.ts'

const ofObjects: Readonly<Record<string, string>> = {
  GET: 'GetObject',
  HEAD: 'HeadObject',
  PUT: 'PutObject',
  DELETE: 'DeleteObject',
}

const ofBuckets: Readonly<Record<string, string>> = {
  HEAD: 'HeadBucket',
  PUT: 'CreateBucket',
  DELETE: 'DeleteBucket',
}

/** Which operation a request asks for. Throws AwsError for one that the sandbox does not have. */
export function operationName(request: S3Request): string {
  const { method, bucket, key, query, headers } = request
  const part = subresource(request)
  if (bucket !== '' && key === '' && method === 'GET' && part === 'location') return 'GetBucketLocation'
  if (part !== undefined) throw notImplemented(`${method} of ?${part}`)
  if (headers['x-amz-copy-source'] !== undefined) throw notImplemented('CopyObject')
  if (key !== '') return known(ofObjects, method)
  if (bucket === '') return known({ GET: 'ListBuckets' }, method)
  if (method !== 'GET') return known(ofBuckets, method)
  if (query.get('list-type') === '2') return 'ListObjectsV2'
  throw notImplemented('ListObjects, only ListObjectsV2')
}

function known(names: Readonly<Record<string, string>>, method: string): string {
  const name = Object.hasOwn(names, method) ? names[method] : undefined
  if (name === undefined) throw notImplemented(`${method} there`)
  return name
}
