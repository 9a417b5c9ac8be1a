import { PackageError } from '../errors.ts'
import { waitUntil } from '../plan/wait-until.ts'
import type { Clock } from '../ports/clock.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import type { Image } from '../ports/cloud/images.ts'
import type { Instance } from '../ports/cloud/instances.ts'
import type { KeyPair } from '../ports/cloud/key-pairs.ts'
import type { AwsSecurityGroup } from '../ports/cloud/security-groups.ts'
import type { BuildTraces } from './build-traces.ts'
import type { BegunBuild } from './builder.ts'
import { digestTag } from './image-tags.ts'

/** What builds of a group have left. */
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
 * Reads what nobody works on any more. Packer tags instances and volumes, and images only once they are there: its images are known
 * by their instances, its security groups by these too, or by the log of the build.
 */
export async function buildLeftovers(
  cloud: Cloud,
  traces: BuildTraces,
  { isLeft, logOf }: BuildWitness,
): Promise<BuildLeftovers> {
  const builders = traces.builders.filter(({ build }) => isLeft(build))
  const named = traces.keyPairs.filter(({ build }) => isLeft(build))
  if (builders.length + named.length === 0) {
    return { instances: [], images: [], securityGroups: [], keyPairs: [] }
  }
  // An image outlives its instance where Packer gives up waiting for it.
  const images = await cloud.imagesOfInstances(builders.map(({ instance }) => instance.id))
  // One that is ending still holds its security group.
  const instances = builders.map(({ instance }) => instance).filter(({ state }) => state !== 'terminated')
  const groupIds = new Set(instances.flatMap(({ securityGroupIds }) => securityGroupIds))
  const builds = new Map([...builders, ...named].map(({ build }) => [build.runId, build]))
  const logs = [...builds.values()].map((build) => logOf(build) ?? '')
  const groupNames = new Set(logs.flatMap(temporaryGroups))
  const securityGroups = await cloud.securityGroupsNamed(temporary)
  return {
    instances,
    images: images.filter(({ tags }) => tags[digestTag] === undefined),
    securityGroups: securityGroups.filter(({ id, name }) => groupIds.has(id) || groupNames.has(name)),
    keyPairs: named.map(({ keyPair }) => keyPair),
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
 * up again. Done also for what is gone meanwhile. In a hurry it does not wait for instances to end; gives what is left by that.
 */
export async function removeLeftovers(
  { cloud, clock }: { cloud: Cloud; clock: Clock },
  { instances, images, securityGroups, keyPairs }: BuildLeftovers,
  pace: 'patient' | 'hurried',
): Promise<BuildLeftovers> {
  for (const { id } of images) await cloud.deregisterImage(id)
  if (instances.length > 0) {
    const ids = instances.map(({ id }) => id)
    await cloud.terminate(ids)
    if (pace === 'hurried') return { instances, images: [], securityGroups, keyPairs }
    await awaitTerminated(cloud, clock, ids)
  }
  for (const { id } of securityGroups) await cloud.deleteSecurityGroup(id)
  for (const { id } of keyPairs) await cloud.deleteKeyPair(id)
  return { instances: [], images: [], securityGroups: [], keyPairs: [] }
}

/** How an operator finds each of them. */
export function leftoverNames({ instances, images, securityGroups, keyPairs }: BuildLeftovers): string[] {
  return [
    ...[...images, ...instances].map(({ id }) => id),
    ...[...securityGroups, ...keyPairs].map(({ name }) => name),
  ]
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
