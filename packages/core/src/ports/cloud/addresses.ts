import type { Tags } from './tags.ts'

/** An elastic IP. */
export interface Address {
  allocationId: string
  publicIp: string
  /** Missing while no instance has it. */
  associationId?: string
  instanceId?: string
  tags: Tags
}

export interface Addresses {
  addresses(tags: Tags): Promise<Address[]>
  /** AWS knows no token for this: an answer that is lost may leave an address, which its tags find again. */
  allocateAddress(tags: Tags): Promise<Address>
  associateAddress(allocationId: string, instanceId: string): Promise<void>
  disassociateAddress(associationId: string): Promise<void>
  /** Done also when it does not exist any more. */
  releaseAddress(allocationId: string): Promise<void>
}
