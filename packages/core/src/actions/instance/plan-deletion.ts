import type { CloudCall } from '../../action.ts'
import { PackageError } from '../../errors.ts'
import { instanceDnaPath } from '../../generated-files/instance-dna-file.ts'
import type { Group } from '../../groups/nodes.ts'
import { ownedAddresses } from '../../instances/elastic-addresses.ts'
import { groupTags, isLive, ownedInstances } from '../../instances/group-instances.ts'
import { unusedKeyPairs } from '../../instances/key-pair.ts'
import { ownerOf } from '../../ownership.ts'
import type { Address } from '../../ports/cloud/addresses.ts'
import type { Cloud } from '../../ports/cloud/cloud.ts'
import type { Instance } from '../../ports/cloud/instances.ts'
import type { Deletion } from './carry-out-deletion.ts'
import { type Choice, chosen } from './named-instances.ts'

/**
 * What goes with the chosen instances of a group; also what an earlier run has left behind, that of instances which are
 * terminated already. Changes nothing. Throws PackageError (conflict) where nodes.json protects the group.
 */
export async function planDeletion(
  { nodes, environment, files, options }: CloudCall & { options: Choice },
  cloud: Cloud,
  group: Group,
): Promise<Deletion> {
  const owner = ownerOf(nodes.settings, environment)
  const tags = groupTags(owner, group.name)
  const all = await ownedInstances(cloud, owner, tags)
  const instances = chosen(all, options)
  const live = instances.filter(isLive)
  if (group.fields.termination_protection === true && live.length > 0) throw isProtected(group, live)
  const going = live.map(({ id }) => id)
  const staying = all.filter((instance) => isLive(instance) && !going.includes(instance.id))
  const ids = new Set([...instances.map(({ id }) => id), ...(options.id === undefined ? [] : [options.id])])
  const addresses = await ownedAddresses({ cloud, owner, tags })
  return {
    group: group.name,
    region: cloud.region,
    cloud,
    instances,
    addresses: addresses.filter((address) => goes(address, going, staying, options)),
    keyPairs: await unusedKeyPairs(cloud, owner, group.name, going),
    files: [...ids].map((id) => instanceDnaPath(group.name, id)).filter((path) => files.exists(path)),
  }
}

/** The addresses of the instances, and those of the Name that no instance has or waits for. */
function goes(
  { instanceId, tags }: Address,
  going: readonly string[],
  staying: readonly Instance[],
  { name }: Choice,
): boolean {
  if (instanceId !== undefined) return going.includes(instanceId)
  const { Name: itsName } = tags
  const isOfName = name === undefined || itsName === name
  return isOfName && !staying.some((instance) => instance.tags['Name'] === itsName)
}

/** Whether there is nothing to do, nor anything left of an earlier run. */
export function isNothing({ instances, addresses, keyPairs, files }: Deletion): boolean {
  return !instances.some(isLive) && addresses.length + keyPairs.length + files.length === 0
}

/** The deletion as it is shown, planned or done. */
export function deletionLines({ group, region, instances, addresses, keyPairs, files }: Deletion): string[] {
  return [
    `${group} in ${region}`,
    ...instances.filter(isLive).map(({ id, publicIp = '' }) => `  terminate ${id}  ${publicIp}`.trimEnd()),
    ...addresses.map(({ publicIp }) => `  release elastic IP ${publicIp}`),
    ...keyPairs.map(({ name }) => `  delete key pair ${name}`),
    ...files.map((path) => `  remove ${path}`),
  ]
}

function isProtected({ name }: Group, live: readonly Instance[]): PackageError {
  const ids = live.map(({ id }) => id).join(', ')
  return new PackageError(
    'conflict',
    'TERMINATION_PROTECTED',
    `nodes.json protects the instances of ${name} against termination: ${ids}`,
    { hint: `set termination_protection of ${name} to false, commit that, and run the same command again` },
  )
}
