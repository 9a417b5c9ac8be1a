import { PackageError } from '../errors.ts'
import { isLive } from '../instances/group-instances.ts'
import { waitUntil } from '../plan/wait-until.ts'
import type { Clock } from '../ports/clock.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import type { Image } from '../ports/cloud/images.ts'
import type { Instance } from '../ports/cloud/instances.ts'
import type { KeyPair } from '../ports/cloud/key-pairs.ts'
import type { AwsSecurityGroup } from '../ports/cloud/security-groups.ts'
import { type BegunBuild, buildKeyPrefix, buildOf } from './builder.ts'
import { buildTag, digestTag, imageTags } from './image-tags.ts'

/** What killed builds of a group have left. */
export interface BuildLeftovers {
  instances: Instance[]
  /** Not tagged, so that nobody would ever find them. */
  images: Image[]
  securityGroups: AwsSecurityGroup[]
  keyPairs: KeyPair[]
}

/** What Packer calls the security group that it makes for one build. */
const temporary = 'packer_*'

/** What is known of the builds of a group. */
export interface BuildWitness {
  /** Whether what that build has made is left over. */
  isLeft: (build: BegunBuild) => boolean
  /** All that Packer said, where it is kept on this machine. */
  logOf: (build: BegunBuild) => string | undefined
}

/**
 * Reads what nobody works on any more. Packer tags instances and volumes, and images only once they are there: its key pairs are
 * known by their names, its images by their instances, its security groups by these too, or by the log of the build.
 */
export async function buildLeftovers(
  cloud: Cloud,
  { project, group }: { project: string; group: string },
  { isLeft, logOf }: BuildWitness,
): Promise<BuildLeftovers> {
  const leftOf = (text: string | undefined) => {
    const build = buildOf(text)
    return build !== undefined && isLeft(build) ? [build] : []
  }
  const prefix = buildKeyPrefix(project, group)
  const buildsOf = ({ name }: KeyPair) => leftOf(name.slice(prefix.length))
  const all = await cloud.instances(imageTags(project, group))
  const builders = all.filter(({ tags }) => leftOf(tags[buildTag]).length > 0)
  const named = await cloud.keyPairsNamed(`${prefix}*`)
  const keyPairs = named.filter((keyPair) => buildsOf(keyPair).length > 0)
  if (builders.length === 0 && keyPairs.length === 0) {
    return { instances: [], images: [], securityGroups: [], keyPairs: [] }
  }
  // An image outlives its instance where Packer gives up waiting for it.
  const images = await cloud.imagesOfInstances(builders.map(({ id }) => id))
  const instances = builders.filter(isLive)
  const groupIds = new Set(instances.flatMap(({ securityGroupIds }) => securityGroupIds))
  const logs = keyPairs.flatMap(buildsOf).map((build) => logOf(build) ?? '')
  const groupNames = new Set(logs.flatMap(temporaryGroups))
  const securityGroups = await cloud.securityGroupsNamed(temporary)
  return {
    instances,
    images: images.filter(({ tags }) => tags[digestTag] === undefined),
    securityGroups: securityGroups.filter(({ id, name }) => groupIds.has(id) || groupNames.has(name)),
    keyPairs,
  }
}

/** Packer names one before it makes it. */
function temporaryGroups(log: string): string[] {
  return [...log.matchAll(/Creating temporary security group for this instance: (packer_\S+)$/gm)].flatMap(
    ([, name]) => name ?? [],
  )
}

/** In milliseconds. */
const longest = 600_000

/**
 * Removes them: the instances before what is in use by them, and last the key pairs, by which a removal that is cut short is taken
 * up again. Done also for what is gone meanwhile.
 */
export async function removeLeftovers(
  { cloud, clock }: { cloud: Cloud; clock: Clock },
  { instances, images, securityGroups, keyPairs }: BuildLeftovers,
): Promise<void> {
  for (const { id } of images) await cloud.deregisterImage(id)
  if (instances.length > 0) {
    const ids = instances.map(({ id }) => id)
    await cloud.terminate(ids)
    await awaitTerminated(cloud, clock, ids)
  }
  for (const { id } of securityGroups) await cloud.deleteSecurityGroup(id)
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
