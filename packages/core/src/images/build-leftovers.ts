import { PackageError } from '../errors.ts'
import { isLive } from '../instances/group-instances.ts'
import { waitUntil } from '../plan/wait-until.ts'
import type { Clock } from '../ports/clock.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import type { Instance } from '../ports/cloud/instances.ts'
import type { KeyPair } from '../ports/cloud/key-pairs.ts'
import { buildKeyPrefix, buildOf, isLeftOver, type Builder, type Witness } from './builder.ts'
import { buildTag, imageTags } from './image-tags.ts'

/** What killed builds of a group have left. Packer tags instances and volumes alone: its key pairs are known by their names. */
export interface BuildLeftovers {
  instances: Instance[]
  keyPairs: KeyPair[]
}

/** Reads what nobody works on any more. */
export async function buildLeftovers(
  cloud: Cloud,
  { project, group }: { project: string; group: string },
  me: Builder,
  witness: Witness,
): Promise<BuildLeftovers> {
  const isLeft = (text: string | undefined) => isLeftOver(buildOf(text), me, witness)
  const instances = await cloud.instances(imageTags(project, group))
  const prefix = buildKeyPrefix(project, group)
  const keyPairs = await cloud.keyPairsNamed(`${prefix}*`)
  return {
    instances: instances.filter((instance) => isLive(instance) && isLeft(instance.tags[buildTag])),
    keyPairs: keyPairs.filter(({ name }) => isLeft(name.slice(prefix.length))),
  }
}

/** Packer's own name for the security group that it makes for one build. */
const temporary = /^packer_/

/** In milliseconds. */
const longest = 600_000

/** Removes them: the instances first, which the others are in use by. Done also for what is gone meanwhile. */
export async function removeLeftovers(
  { cloud, clock }: { cloud: Cloud; clock: Clock },
  { instances, keyPairs }: BuildLeftovers,
): Promise<void> {
  if (instances.length > 0) {
    const ids = instances.map(({ id }) => id)
    await cloud.terminate(ids)
    await awaitTerminated(cloud, clock, ids)
    await removeSecurityGroups(cloud, instances)
  }
  for (const { id } of keyPairs) await cloud.deleteKeyPair(id)
}

async function awaitTerminated(cloud: Cloud, clock: Clock, ids: readonly string[]): Promise<void> {
  const look = async () => {
    const left = (await cloud.instancesNamed(ids)).filter(({ state }) => state !== 'terminated')
    return left.length === 0 ? true : undefined
  }
  const tooLate = () =>
    new PackageError('timeout', 'NOT_TERMINATED', `${ids.join(', ')}, left of killed builds, do not end`, {
      hint: 'run the same command again in some minutes',
    })
  await waitUntil({ clock, longest, look, tooLate })
}

async function removeSecurityGroups(cloud: Cloud, instances: readonly Instance[]): Promise<void> {
  const ids = new Set(instances.flatMap(({ securityGroupIds }) => securityGroupIds))
  for (const vpcId of new Set(instances.map((instance) => instance.vpcId))) {
    const groups = (await cloud.securityGroupsIn(vpcId)).filter(({ id }) => ids.has(id))
    for (const { id, name } of groups) if (temporary.test(name)) await cloud.deleteSecurityGroup(id)
  }
}
