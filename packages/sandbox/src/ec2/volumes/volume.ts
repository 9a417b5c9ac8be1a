export interface Volume {
  volumeId: string
  zone: string
  sizeGib: number
  type: string
  iops?: number
  /** MiB/s */
  throughput?: number
  encrypted: boolean
  kmsKeyId?: string
  snapshotId?: string
  /** Milliseconds since 1970, as all times here. */
  createdAt: number
  availableAt: number
  attachment?: VolumeAttachment
  /** When a deletion that was asked for is done. */
  goneAt?: number
}

export interface VolumeAttachment {
  instanceId: string
  device: string
  deleteOnTermination: boolean
  attachedAt: number
  /** When attaching becomes attached. */
  readyAt: number
  /** When a detachment that was asked for is done. */
  detachedAt?: number
}
