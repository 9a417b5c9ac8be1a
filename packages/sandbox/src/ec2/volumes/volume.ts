export interface Volume {
  volumeId: string
  zone: string
  sizeGib: number
  type: string
  iops?: number
  /** MiB/s */
  throughput?: number
  encrypted: boolean
  snapshotId?: string
  /** Milliseconds since 1970. */
  createdAt: number
  availableAt: number
  attachment?: VolumeAttachment
}

export interface VolumeAttachment {
  instanceId: string
  device: string
  deleteOnTermination: boolean
  attachedAt: number
}
