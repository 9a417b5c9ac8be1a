import { PackageError } from '../errors.ts'
import { type Owner, owns } from '../ownership.ts'
import type { Clock } from '../ports/clock.ts'
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

/** Runs at work on the same Name get in each other's way no more often than that. */
const mostRounds = 10

/**
 * Gives each of these instances an elastic IP: one that an earlier run has allocated, else a new one. AWS takes one instance and
 * one address a call. What is left over of answers that were lost is released in the end. Gives the addresses by instance.
 * Throws PackageError (conflict) where other runs keep taking the addresses.
 */
export async function giveElasticAddresses(
  place: Place & { clock: Clock },
  ids: readonly string[],
): Promise<Map<string, Address>> {
  const given = new Map<string, Address>()
  for (let round = 1; round <= mostRounds; round += 1) {
    const addresses = await ownedAddresses(place)
    for (const each of addresses) if (each.instanceId !== undefined) given.set(each.instanceId, each)
    const free = freeOf(addresses, given)
    const waiting = ids.filter((id) => !given.has(id))
    if (waiting.length === 0) {
      if (free.length > 0) await releaseSurplus(place, given)
      return given
    }
    await associateEach(place, waiting, free, given)
  }
  throw new PackageError(
    'conflict',
    'ADDRESS_TAKEN',
    `other runs keep taking the elastic IPs of ${ids.join(', ')}`,
    {
      hint: 'wait until they are done, and run the same command again',
    },
  )
}

/** Stops where another run was faster: then there is something new to see. */
async function associateEach(
  { cloud, tags }: Place,
  ids: readonly string[],
  free: Address[],
  given: Map<string, Address>,
): Promise<void> {
  for (const id of ids) {
    const address = free.shift() ?? (await cloud.allocateAddress(tags))
    try {
      await cloud.associateAddress(address.allocationId, id)
      given.set(id, address)
    } catch (error) {
      const isLate = error instanceof PackageError && /^ADDRESS_(TAKEN|GONE)$/.test(error.code)
      if (!isLate) throw error
      return
    }
  }
}

/** One that is free for a moment may be another run's, on its way to an instance. */
async function releaseSurplus(
  place: Place & { clock: Clock },
  given: ReadonlyMap<string, Address>,
): Promise<void> {
  await place.clock.sleep(place.clock.pollInterval)
  await releaseAddresses(place.cloud, freeOf(await ownedAddresses(place), given))
}

function freeOf(addresses: readonly Address[], given: ReadonlyMap<string, Address>): Address[] {
  const inUse = new Set([...given.values()].map(({ allocationId }) => allocationId))
  return addresses.filter(
    ({ allocationId, instanceId }) => instanceId === undefined && !inUse.has(allocationId),
  )
}

/** Takes the addresses from their instances and gives them back to AWS. */
export async function releaseAddresses(cloud: Cloud, addresses: readonly Address[]): Promise<void> {
  for (const { allocationId, associationId } of addresses) {
    if (associationId !== undefined) await cloud.disassociateAddress(associationId)
    await cloud.releaseAddress(allocationId)
  }
}
