import { createHash } from 'node:crypto'

import type { Scope } from '../../operation.ts'
import { allBuckets } from '../known-bucket.ts'
import type { Bucket, StoredObject } from '../s3-state.ts'

interface GivenObject {
  body: Uint8Array
  contentType: string
  metadata: Record<string, string>
}

/** Puts an object into a bucket, in the place of one that has its key. */
export function keepObject(
  scope: Pick<Scope, 'bodies' | 'now' | 'whenKept'>,
  { objects }: Bucket,
  key: string,
  { body, contentType, metadata }: GivenObject,
): StoredObject {
  const before = Object.hasOwn(objects, key) ? objects[key] : undefined
  const object: StoredObject = {
    digest: scope.bodies.put(body),
    size: body.length,
    md5: createHash('md5').update(body).digest('hex'),
    modifiedAt: scope.now,
    contentType,
    metadata,
  }
  objects[key] = object
  if (before && before.digest !== object.digest) dropBody(scope, before)
  return object
}

/** Removes the body of an object that is gone, unless another one has the same. */
export function dropBody(
  { bodies, whenKept }: Pick<Scope, 'bodies' | 'whenKept'>,
  { digest }: StoredObject,
): void {
  whenKept((change) =>
    // Under the lock, so that nobody puts the same body meanwhile.
    change((account) => {
      const objects = allBuckets(account).flatMap(({ bucket }) => Object.values(bucket.objects))
      if (objects.every((object) => object.digest !== digest)) bodies.remove(digest)
    }),
  )
}
