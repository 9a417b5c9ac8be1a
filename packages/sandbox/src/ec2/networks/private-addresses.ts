import { AwsError } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { stateOf } from '../instances/instance-states.ts'
import { readCidr, sizeOf, writeAddress } from './cidr.ts'
import type { Subnet } from './network.ts'

/** VPC User Guide, "Subnet CIDR blocks": AWS keeps the first four addresses and the last one. */
const firstUsable = 4
const reserved = 5

/**
 * Gives out a free address of the subnet, which is the state's own record. The instance that takes it must be in the state
 * before the next call. Throws AwsError (InsufficientFreeAddressesInSubnet).
 */
export function nextPrivateIp(scope: Scope, subnet: Subnet): string {
  const cidr = readCidr(subnet.cidr)
  const usable = cidr === undefined ? 0 : sizeOf(cidr) - reserved
  const taken = takenIn(scope, subnet)
  if (cidr === undefined || taken.size >= usable) throw subnetIsFull(subnet)
  for (;;) {
    const address = writeAddress(cidr.first + firstUsable + (subnet.addressesGiven % usable))
    subnet.addressesGiven += 1
    if (!taken.has(address)) return address
  }
}

/** How many addresses the subnet has left. */
export function freeAddressCount(scope: Scope, subnet: Subnet): number {
  const cidr = readCidr(subnet.cidr)
  return cidr === undefined ? 0 : sizeOf(cidr) - reserved - takenIn(scope, subnet).size
}

function takenIn(scope: Scope, { subnetId }: Subnet): ReadonlySet<string> {
  const instances = Object.values(scope.state.ec2.instances).filter(
    (instance) => instance.subnetId === subnetId && stateOf(instance, scope.now) !== 'terminated',
  )
  return new Set(instances.map(({ privateIp }) => privateIp))
}

function subnetIsFull({ subnetId }: Subnet): AwsError {
  return new AwsError(
    'InsufficientFreeAddressesInSubnet',
    `There are not enough free addresses in subnet '${subnetId}' to satisfy the requested number of instances.`,
  )
}
