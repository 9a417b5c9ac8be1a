import { AwsError } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { allBuckets, bucketNamed, findBucket } from '../known-bucket.ts'
import { s3Operation } from '../s3-operation.ts'
import type { S3Answer, S3Request } from '../s3-request.ts'
import { noSuchBucket } from '../s3-errors.ts'
import { xmlDocument, type Xml } from '../xml.ts'

export const bucketOperations = [
  s3Operation('ListBuckets', 'read', listBuckets),
  s3Operation('CreateBucket', 'change', createBucket),
  s3Operation('DeleteBucket', 'change', deleteBucket),
  s3Operation('HeadBucket', 'read', headBucket),
  s3Operation('GetBucketLocation', 'read', getBucketLocation),
]

/** The one that needs no LocationConstraint, and must not have one. */
const first = 'us-east-1'

function listBuckets(_request: S3Request, { account, accountId }: Scope): S3Answer {
  const buckets = allBuckets(account).map(({ bucket: { name, createdAt }, region }): Xml => [
    'Bucket',
    [
      ['Name', name],
      ['CreationDate', new Date(createdAt).toISOString()],
      ['BucketRegion', region],
    ],
  ])
  const owner: Xml = ['Owner', [['ID', accountId]]]
  return { body: xmlDocument(['ListAllMyBucketsResult', [['Buckets', buckets], owner]]) }
}

/** Throws AwsError for a name that none can have, or another one has, and for a region that is not the endpoint's. */
function createBucket({ bucket: name, body }: S3Request, scope: Scope): S3Answer {
  // S3 User Guide, "Bucket naming rules".
  if (!/^(?!xn--|\d+\.\d+\.\d+\.\d+$)[a-z0-9](?!.*\.\.)[a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) {
    throw new AwsError('InvalidBucketName', 'The specified bucket is not valid.')
  }
  const wanted = /<LocationConstraint[^>]*>([^<]*)</.exec(Buffer.from(body).toString())?.[1] ?? first
  if (wanted !== scope.region) {
    const which = wanted === first ? 'unspecified' : wanted
    throw new AwsError(
      'IllegalLocationConstraintException',
      `The ${which} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    )
  }
  const existing = findBucket(scope, name)
  if (existing && (scope.region !== first || existing.region !== first)) {
    throw new AwsError(
      'BucketAlreadyOwnedByYou',
      'Your previous request to create the named bucket succeeded and you already own it.',
      409,
    )
  }
  // In us-east-1 it succeeds again, and changes nothing (API Reference, CreateBucket).
  scope.state.s3.buckets[name] ??= { name, createdAt: scope.now, objects: {} }
  return { headers: { location: `/${name}` } }
}

function deleteBucket({ bucket: name }: S3Request, scope: Scope): S3Answer {
  const { objects } = bucketNamed(scope, name)
  if (Object.keys(objects).length > 0) {
    throw new AwsError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409)
  }
  for (const { s3 } of Object.values(scope.account.regions)) delete s3.buckets[name]
  return { status: 204 }
}

function headBucket({ bucket: name }: S3Request, scope: Scope): S3Answer {
  const found = findBucket(scope, name)
  if (!found) throw noSuchBucket()
  return { headers: { 'x-amz-bucket-region': found.region } }
}

function getBucketLocation({ bucket: name }: S3Request, scope: Scope): S3Answer {
  const found = findBucket(scope, name)
  if (!found) throw noSuchBucket()
  return { body: xmlDocument(['LocationConstraint', found.region === first ? '' : found.region]) }
}
