/** An elastic IP address. */
export interface Address {
  allocationId: string
  publicIp: string
  association?: { associationId: string; instanceId: string }
}
