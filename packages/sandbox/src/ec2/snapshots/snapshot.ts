export interface Snapshot {
  snapshotId: string
  ownerId: string
  volumeId: string
  sizeGib: number
  description: string
  encrypted: boolean
  kmsKeyId?: string
  /** Milliseconds since 1970. */
  startedAt: number
  completedAt: number
  /** Accounts that may use it, beside its owner; `all` makes it public. */
  sharedWith: string[]
}
