import type { CloudCall } from '../../action.ts'
import { PackageError } from '../../errors.ts'
import { releaseAddresses } from '../../instances/elastic-addresses.ts'
import { isLive } from '../../instances/group-instances.ts'
import { progress } from '../../plan/progress.ts'
import { waitUntil } from '../../plan/wait-until.ts'
import type { Address } from '../../ports/cloud/addresses.ts'
import type { Cloud } from '../../ports/cloud/cloud.ts'
import type { Instance } from '../../ports/cloud/instances.ts'
import type { KeyPair } from '../../ports/cloud/key-pairs.ts'
import type { Tags } from '../../ports/cloud/tags.ts'
import { ownerOf } from '../../ownership.ts'
import { groupTags } from '../../instances/group-instances.ts'

/** What goes in one group. */
export interface Deletion {
  group: string
  region: string
  cloud: Cloud
  /** Terminated ones too, whose traces on this machine may be left. */
  instances: Instance[]
  addresses: Address[]
  keyPairs: KeyPair[]
  /** DNA files. */
  files: string[]
}

/** In milliseconds: an instance that does not shut down by itself is stopped hard after some minutes. */
const longest = 900_000

/** The traces on this machine go last: as long as something is left, the same command finds it again. */
export async function carryOutDeletion(call: CloudCall, deletion: Deletion): Promise<void> {
  const { cloud, instances, addresses, keyPairs, files } = deletion
  const ids = instances.filter(isLive).map(({ id }) => id)
  if (ids.length > 0) {
    await terminate(cloud, ids)
    await awaitTerminated(call, deletion, ids)
  }
  await releaseAddresses(cloud, addresses)
  for (const { id } of keyPairs) await cloud.deleteKeyPair(id)
  await call.files.remove(files)
  call.shell.forget(instances.map(({ id }) => id))
}

/** nodes.json has the last word on protection (planDeletion): what an instance still has of it is lifted. */
async function terminate(cloud: Cloud, ids: readonly string[]): Promise<void> {
  try {
    await cloud.terminate(ids)
  } catch (error) {
    if (!(error instanceof PackageError) || error.code !== 'TERMINATION_PROTECTED') throw error
    for (const id of ids) await cloud.allowTermination(id)
    await cloud.terminate(ids)
  }
}

async function awaitTerminated(
  { clock, report, nodes, environment }: CloudCall,
  { cloud, group }: Deletion,
  ids: readonly string[],
): Promise<void> {
  const tags: Tags = groupTags(ownerOf(nodes.settings, environment), group)
  const tell = progress(report, group)
  const look = async () => {
    const left = (await cloud.instances(tags)).filter(
      ({ id, state }) => ids.includes(id) && state !== 'terminated',
    )
    tell(`${String(ids.length - left.length)} of ${String(ids.length)} terminated`)
    return left.length === 0 ? true : undefined
  }
  const tooLate = () =>
    new PackageError(
      'timeout',
      'NOT_TERMINATED',
      `${ids.join(', ')}: not all are terminated after 15 minutes`,
      {
        hint: 'AWS goes on by itself; run the same command again to release what is left',
      },
    )
  await waitUntil({ clock, longest, look, tooLate })
}
