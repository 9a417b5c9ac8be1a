import { isLive } from '../instances/group-instances.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import type { Instance } from '../ports/cloud/instances.ts'
import type { KeyPair } from '../ports/cloud/key-pairs.ts'
import {
  type BegunBuild,
  type Builder,
  buildKeyPrefix,
  buildOf,
  isLeftOver,
  type Witness,
} from './builder.ts'
import { buildTag, imageTags } from './image-tags.ts'

/** What tells on AWS of the builds of a group, whoever has begun them. */
export interface BuildTraces {
  /** Terminated ones too, as long as AWS shows them. */
  builders: { build: BegunBuild; instance: Instance }[]
  keyPairs: { build: BegunBuild; keyPair: KeyPair }[]
}

/** Reads them: Packer tags its instances, and its key pairs are known by their names. */
export async function buildTraces(
  cloud: Cloud,
  { project, group }: { project: string; group: string },
): Promise<BuildTraces> {
  const prefix = buildKeyPrefix(project, group)
  const instances = await cloud.instances(imageTags(project, group))
  const keyPairs = await cloud.keyPairsNamed(`${prefix}*`)
  return {
    builders: instances.flatMap((instance) => {
      const build = buildOf(instance.tags[buildTag])
      return build === undefined ? [] : [{ build, instance }]
    }),
    keyPairs: keyPairs.flatMap((keyPair) => {
      const build = buildOf(keyPair.name.slice(prefix.length))
      return build === undefined ? [] : [{ build, keyPair }]
    }),
  }
}

/** In milliseconds: a build whose key pair is older than this and that has no instance is over, but for the key pair. */
const longestLaunch = 600_000

/** A build that somebody else is at; undefined where nobody is. */
export function livingBuild(
  { builders, keyPairs }: BuildTraces,
  me: Builder,
  witness: Witness,
): BegunBuild | undefined {
  const launched = builders.filter(({ instance }) => isLive(instance))
  const launching = keyPairs.filter(({ build }) => witness.now - build.startedAt < longestLaunch)
  const builds = [...launched, ...launching].map(({ build }) => build)
  return builds.find((build) => build.runId !== me.runId && !isLeftOver(build, me, witness))
}
