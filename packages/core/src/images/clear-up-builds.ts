import type { CloudCall } from '../action.ts'
import { PackageError } from '../errors.ts'
import { otherPackerPath, packerPath } from '../generated-files/packer-path.ts'
import type { Group } from '../groups/nodes.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import { buildLogPath, derivedTemplatePath } from './build-files.ts'
import { buildLeftovers, type BuildLeftovers, leftoverNames, removeLeftovers } from './build-leftovers.ts'
import { buildTraces, type BuildTraces } from './build-traces.ts'
import { type BegunBuild, type Builder, isLeftOver, type Witness } from './builder.ts'

/** Where the builds of a group are made. */
interface BuildSite {
  cloud: Cloud
  project: string
  group: Group
}

/** Which builds are cleared up after, and how. */
interface Clearing {
  traces: BuildTraces
  isLeft: (build: BegunBuild) => boolean
  pace: 'patient' | 'hurried'
  /** Those that matter, where not all do. */
  choose?: (left: BuildLeftovers) => BuildLeftovers
}

/** Removes what killed builds of the group have left. What cannot be removed is a warning: the next run takes it up again. */
export async function clearUpKilled(call: CloudCall, site: BuildSite, traces: BuildTraces): Promise<void> {
  const [me, witness] = [builderOf(call), witnessOf(call)]
  const isLeft = (build: BegunBuild) => isLeftOver(build, me, witness)
  const runs = new Set(
    [...traces.builders, ...traces.keyPairs].filter(({ build }) => isLeft(build)).map(runOf),
  )
  const templates = [packerPath(site.group), otherPackerPath(site.group)]
  await call.files.remove([...runs].flatMap((run) => templates.map((path) => derivedTemplatePath(run, path))))
  await clearUp(call, site, { traces, isLeft, pace: 'patient' })
}

/** The same for the build of this run, which has made its image: Packer ends well where AWS refuses to remove the rest. */
export async function clearUpDone(call: CloudCall, site: BuildSite): Promise<void> {
  await clearUpOwn(call, site, 'patient', (left) => ({ ...left, images: [] }))
}

/**
 * The same for the build of this run, which has failed with that error; after Ctrl-C without waiting, which leaves what its instance
 * needs: that is said.
 */
export async function clearUpFailed(call: CloudCall, site: BuildSite, cause: unknown): Promise<void> {
  const isHurried = cause instanceof PackageError && cause.kind === 'cancelled'
  await clearUpOwn(call, site, isHurried ? 'hurried' : 'patient')
}

export function builderOf({ run, operator }: CloudCall): Builder {
  return { runId: run.id, operator, processId: run.processId }
}

export function witnessOf({ clock, run }: CloudCall): Witness {
  return { now: clock.now(), isAlive: (id) => run.isAlive(id) }
}

function runOf({ build }: { build: BegunBuild }): string {
  return build.runId
}

async function clearUpOwn(
  call: CloudCall,
  site: BuildSite,
  pace: Clearing['pace'],
  choose?: Clearing['choose'],
): Promise<void> {
  const isLeft = ({ runId }: Builder) => runId === call.run.id
  await orWarn(call, site, [], async () => {
    const traces = await buildTraces(site.cloud, { project: site.project, group: site.group.name })
    await clearUp(call, site, { traces, isLeft, pace, ...(choose && { choose }) })
  })
}

async function clearUp(call: CloudCall, site: BuildSite, clearing: Clearing): Promise<void> {
  const { cloud, group } = site
  const { traces, isLeft, pace, choose = (left) => left } = clearing
  const logOf = ({ runId }: Builder) => call.files.read(buildLogPath(runId, group.name))
  const left = choose(await buildLeftovers(cloud, traces, { isLeft, logOf }))
  const names = leftoverNames(left)
  if (names.length === 0) return
  warn(call, site, names, `removing what a killed or failed build has left: ${names.join(', ')}`)
  await orWarn(call, site, names, async () => {
    const stays = leftoverNames(await removeLeftovers({ cloud, clock: call.clock }, left, pace))
    if (stays.length === 0) return
    warn(
      call,
      site,
      stays,
      `the next packer:run removes what has to wait until the instance has ended: ${stays.join(', ')}`,
    )
  })
}

async function orWarn(
  call: CloudCall,
  site: BuildSite,
  names: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof PackageError)) throw error
    const what = names.length === 0 ? 'what a build has left' : names.join(', ')
    warn(call, site, names, `${what} cannot be removed: ${error.message}; the next packer:run tries it again`)
  }
}

function warn({ report }: CloudCall, { group }: BuildSite, ids: readonly string[], text: string): void {
  const { name } = group
  report({ level: 'warning', code: 'BUILD_LEFTOVERS', group: name, text: `${name}: ${text}`, data: { ids } })
}
