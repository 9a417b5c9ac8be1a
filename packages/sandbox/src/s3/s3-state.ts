/** S3's resources of one region. */
export interface S3State {
  /** By their names, which are the account's: none is in two regions. */
  buckets: Record<string, Bucket>
}

export interface Bucket {
  name: string
  /** Milliseconds since 1970, as all times here. */
  createdAt: number
  /** By their keys. */
  objects: Record<string, StoredObject>
}

export interface StoredObject {
  /** Of its body, which lies beside the account. */
  digest: string
  size: number
  md5: string
  modifiedAt: number
  contentType: string
  /** By lower-case names, as in `x-amz-meta-NAME`. */
  metadata: Record<string, string>
}

export function newS3State(): S3State {
  return { buckets: {} }
}
