import type { Scope } from '../../operation.ts'
import type { Ec2State } from '../ec2-state.ts'
import type { Instance } from '../instances/instance.ts'
import type { Address } from './address.ts'

/** Elastic addresses by the instance that they are associated with. */
export function addressesByInstance(state: Ec2State): ReadonlyMap<string, Address> {
  return new Map(
    Object.values(state.addresses).flatMap((address) =>
      address.association ? [[address.association.instanceId, address] as const] : [],
    ),
  )
}

/** Where the instance is reached from outside: its elastic address, or the one that it got when it was started. */
export function publicAddressOf(
  { instanceId, publicIp }: Instance,
  elastic: ReadonlyMap<string, Address>,
): string | undefined {
  return elastic.get(instanceId)?.publicIp ?? publicIp
}

/**
 * Gives free public addresses, each call another one. They are loopback addresses, so that machines can be reached at
 * them; so no two of the account's regions may have the same.
 */
export function freePublicAddresses(scope: Scope): () => string {
  const taken = new Set(
    Object.values(scope.account.regions).flatMap(({ ec2 }) => [
      ...Object.values(ec2.instances).flatMap(({ publicIp }) => (publicIp === undefined ? [] : [publicIp])),
      ...Object.values(ec2.addresses).map(({ publicIp }) => publicIp),
    ]),
  )
  let host = scope.account.addressBlock * blockSize
  return () => {
    let address: string
    do {
      address = loopback(host)
      host += 1
    } while (taken.has(address))
    return address
  }
}

const usablePerNetwork = 254

/** Addresses from one account's first to the next one's; whoever needs more goes on into the next block. */
const blockSize = 4 * usablePerNetwork

/** 127.16.0.1 and up, without the last octets 0 and 255. */
function loopback(host: number): string {
  const network = Math.floor(host / usablePerNetwork)
  return `127.${String(16 + (network >> 8))}.${String(network & 255)}.${String((host % usablePerNetwork) + 1)}`
}
