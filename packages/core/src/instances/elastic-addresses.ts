import { type Owner, owns } from '../ownership.ts'
import type { Address } from '../ports/cloud/addresses.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import type { Tags } from '../ports/cloud/tags.ts'

interface Place {
  cloud: Cloud
  owner: Owner
  /** Of the instances' addresses: the owner, the group, the Name. */
  tags: Tags
}

export async function ownedAddresses({ cloud, owner, tags }: Place): Promise<Address[]> {
  return (await cloud.addresses(tags)).filter((address) => owns(owner, address.tags))
}

/** The instances among these that have no elastic IP of their own. */
export function withoutAddress(ids: readonly string[], addresses: readonly Address[]): string[] {
  const served = new Set(addresses.map(({ instanceId }) => instanceId))
  return ids.filter((id) => !served.has(id))
}

/**
 * Gives each of these instances an elastic IP: one that an earlier run has allocated, else a new one. Those left over of
 * answers that were lost are released in the end. AWS takes one instance and one address a call. Gives the addresses by
 * instance.
 */
export async function giveElasticAddresses(
  place: Place,
  ids: readonly string[],
): Promise<Map<string, Address>> {
  const { cloud, tags } = place
  const addresses = await ownedAddresses(place)
  const free = addresses.filter(({ instanceId }) => instanceId === undefined)
  const given = new Map(addresses.flatMap((each) => (each.instanceId ? [[each.instanceId, each]] : [])))
  for (const instanceId of withoutAddress(ids, addresses)) {
    const address = free.shift() ?? (await cloud.allocateAddress(tags))
    given.set(instanceId, address)
    await cloud.associateAddress(address.allocationId, instanceId)
  }
  const inUse = new Set([...given.values()].map(({ allocationId }) => allocationId))
  const surplus = (await ownedAddresses(place)).filter(
    ({ allocationId, instanceId }) => instanceId === undefined && !inUse.has(allocationId),
  )
  for (const { allocationId } of surplus) await cloud.releaseAddress(allocationId)
  return given
}

/** Takes the addresses from their instances and gives them back to AWS. */
export async function releaseAddresses(cloud: Cloud, addresses: readonly Address[]): Promise<void> {
  for (const { allocationId, associationId } of addresses) {
    if (associationId !== undefined) await cloud.disassociateAddress(associationId)
    await cloud.releaseAddress(allocationId)
  }
}
