import type { AccountState } from '../account/account-state.ts'
import type { Scope } from '../operation.ts'
import { noSuchBucket } from './s3-errors.ts'
import type { Bucket } from './s3-state.ts'

export interface PlacedBucket {
  region: string
  bucket: Bucket
}

/** Every bucket of the account. Signatures are not checked, so it does not matter for which region a request is signed. */
export function allBuckets({ regions }: AccountState): PlacedBucket[] {
  return Object.entries(regions).flatMap(([region, { s3 }]) =>
    Object.values(s3.buckets).map((bucket) => ({ region, bucket })),
  )
}

export function findBucket({ account }: Scope, name: string): PlacedBucket | undefined {
  for (const [region, { s3 }] of Object.entries(account.regions)) {
    const bucket = Object.hasOwn(s3.buckets, name) ? s3.buckets[name] : undefined
    if (bucket) return { region, bucket }
  }
  return undefined
}

/** Throws AwsError when there is no such bucket. */
export function bucketNamed(scope: Scope, name: string): Bucket {
  const found = findBucket(scope, name)
  if (!found) throw noSuchBucket()
  return found.bucket
}
