import type { CloudCall } from '../action.ts'
import { PackageError } from '../errors.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import { buildLeftovers, type BuildLeftovers, type BuildWitness, removeLeftovers } from './build-leftovers.ts'
import { type Builder, isLeftOver } from './builder.ts'

/** Where the builds of a group are made. */
interface BuildSite {
  cloud: Cloud
  project: string
  group: { name: string }
}

/** Removes what killed builds of the group have left. Throws PackageError: those of the cloud, and timeout. */
export async function clearUpKilled(call: CloudCall, site: BuildSite): Promise<void> {
  const witness = { now: call.clock.now(), isAlive: (id: number) => call.run.isAlive(id) }
  const me = builderOf(call)
  await clearUp(
    call,
    site,
    (build) => isLeftOver(build, me, witness),
    (left) => left,
  )
}

/**
 * Removes what Packer has left of the build of this run, which has failed with that error; after Ctrl-C no more than what nobody
 * would find later. Where that fails too, it is a warning: the next run takes it up again.
 */
export async function clearUpFailed(call: CloudCall, site: BuildSite, cause: unknown): Promise<void> {
  const isHurried = cause instanceof PackageError && cause.kind === 'cancelled'
  const quickly = ({ images }: BuildLeftovers) => ({
    images,
    instances: [],
    securityGroups: [],
    keyPairs: [],
  })
  try {
    const isOurs = ({ runId }: Builder) => runId === call.run.id
    await clearUp(call, site, isOurs, (left) => (isHurried ? quickly(left) : left))
  } catch (error) {
    if (!(error instanceof PackageError)) throw error
    const group = site.group.name
    const text = `${group}: what Packer has left is not removed: ${error.message}; the next packer:run tries it again`
    call.report({ level: 'warning', code: 'BUILD_LEFTOVERS', group, text, data: { ids: [] } })
  }
}

export function builderOf({ run, operator }: CloudCall): Builder {
  return { runId: run.id, operator, processId: run.processId }
}

/** What is told of a build, kept for each run and group; relative to the project. */
export function buildLogPath(runId: string, group: string): string {
  return `.package/logs/${runId}/${group}.log`
}

async function clearUp(
  call: CloudCall,
  { cloud, project, group: { name } }: BuildSite,
  isLeft: BuildWitness['isLeft'],
  choose: (left: BuildLeftovers) => BuildLeftovers,
): Promise<void> {
  const logOf: BuildWitness['logOf'] = ({ runId }) => call.files.read(buildLogPath(runId, name))
  const left = choose(await buildLeftovers(cloud, { project, group: name }, { isLeft, logOf }))
  const ids = [
    ...[...left.images, ...left.instances].map(({ id }) => id),
    ...[...left.securityGroups, ...left.keyPairs].map((each) => each.name),
  ]
  if (ids.length === 0) return
  const text = `${name}: removing what a killed or failed build has left: ${ids.join(', ')}`
  call.report({ level: 'warning', code: 'BUILD_LEFTOVERS', group: name, text, data: { ids } })
  await removeLeftovers({ cloud, clock: call.clock }, left)
}
