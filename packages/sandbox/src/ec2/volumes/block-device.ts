/** What an image or a launch says of one device. */
export interface BlockDeviceMapping {
  deviceName: string
  /** A device that the launch leaves out, though its image has it. */
  isSuppressed?: boolean
  ebs?: {
    snapshotId?: string
    sizeGib?: number
    type?: string
    iops?: number
    throughput?: number
    encrypted?: boolean
    kmsKeyId?: string
    deleteOnTermination: boolean
  }
}
