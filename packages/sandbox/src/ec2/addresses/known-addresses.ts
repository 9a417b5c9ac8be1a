import { AwsError } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import type { Address } from './address.ts'

/** The elastic address of that allocation. Throws AwsError when there is none. */
export function addressOf(scope: Scope, allocationId: string): Address {
  const { addresses } = scope.state.ec2
  const address = Object.hasOwn(addresses, allocationId) ? addresses[allocationId] : undefined
  if (address === undefined) throw unknownAllocations([allocationId])
  return address
}

/** The elastic address as it is written. Throws AwsError when the account does not have it. */
export function addressAt(scope: Scope, publicIp: string): Address {
  const address = Object.values(scope.state.ec2.addresses).find((each) => each.publicIp === publicIp)
  if (address === undefined) throw unknownAddress(publicIp)
  return address
}

export function unknownAllocations(ids: readonly string[]): AwsError {
  const [subject, verb] = ids.length === 1 ? ['allocation ID', 'does'] : ['allocation IDs', 'do']
  return new AwsError('InvalidAllocationID.NotFound', `The ${subject} '${ids.join(', ')}' ${verb} not exist`)
}

export function unknownAddress(publicIp: string): AwsError {
  return new AwsError('InvalidAddress.NotFound', `Address '${publicIp}' not found.`)
}
