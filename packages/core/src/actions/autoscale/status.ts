import { cloudAction, type CloudCall } from '../../action.ts'
import { readFleet, rolloutTags, type Fleet, type Version } from '../../autoscale/fleet.ts'
import { instanceHealth, isHealthy, type InstanceHealth } from '../../autoscale/instance-health.ts'
import { prepareRollout, siteOf, type GroupSite } from '../../autoscale/prepare-rollout.ts'
import { planLines, plannedRollout } from '../../autoscale/roll-out.ts'
import { PackageError } from '../../errors.ts'
import { selectGroups } from '../../groups/select-groups.ts'
import { atOnce } from '../../plan/at-once.ts'
import { alignColumns } from '../align-columns.ts'
import { autoscaleGroups } from './applicability.ts'
import { mostAtOnce } from './rollout-options.ts'

export const autoscaleStatus = cloudAction({
  name: 'autoscale:status',
  summary: 'Show what runs of each autoscale group, how healthy it is, and what an update would change',
  operands: '[group...]',
  options: {},
  examples: [
    ['package autoscale:status', 'every group, each version and instance'],
    ['package autoscale:status 12_04-bee --output json', 'one group, for a program'],
  ],
  async run(call) {
    const groups = selectGroups(call.nodes, call.operands, autoscaleGroups)
    const statuses = await atOnce(mostAtOnce, groups, async (group) =>
      statusOf(call, await siteOf(call, group)),
    )
    return { data: { groups: statuses }, lines: statuses.flatMap(linesOf) }
  },
})

interface GroupStatus {
  group: string
  versions: VersionStatus[]
  /** What an update would do; empty where all is as the files and the newest image say. */
  pending: string[]
}

interface VersionStatus {
  name: string
  phase: string
  image?: string
  template_version?: number
  digest: string
  commit?: string
  owner?: string
  sizes: { min: number; max: number; desired: number }
  healthy: number
  suspended: string[]
  instances: { id: string; zone: string; state: string; healthy: boolean; waits_for: string }[]
}

async function statusOf(call: CloudCall, site: GroupSite): Promise<GroupStatus> {
  const fleet = await readFleet(site.fleet)
  const versions = await Promise.all(fleet.versions.map((version) => versionStatus(site, fleet, version)))
  const pending = versions.length === 0 ? [] : await pendingOf(call, site)
  return { group: site.group.name, versions, pending }
}

async function versionStatus(
  site: GroupSite,
  { templates }: Fleet,
  version: Version,
): Promise<VersionStatus> {
  const { group, phase, digest, template, owner } = version
  const { min, max, desired } = group
  const instances = await instanceHealth(site.cloud, group)
  const image = templates.find((each) => each.version === template)?.imageId
  const commit = group.tags[rolloutTags.commit]
  return {
    name: group.name,
    phase: group.isBeingDeleted ? 'being deleted' : phase,
    ...(image !== undefined && { image }),
    ...(template !== undefined && { template_version: template }),
    digest,
    ...(commit !== undefined && { commit }),
    ...(owner && { owner: `${owner.operator}, run ${owner.runId}` }),
    sizes: { min, max, desired },
    healthy: instances.filter(isHealthy).length,
    suspended: group.suspended,
    instances: instances.map(instanceStatus),
  }
}

function instanceStatus(health: InstanceHealth): VersionStatus['instances'][number] {
  const { id, zone, lifecycle, waitsFor } = health
  return { id, zone, state: lifecycle, healthy: isHealthy(health), waits_for: waitsFor }
}

/** A status is given also where an update could not be made: then it says why not. */
async function pendingOf(call: CloudCall, site: GroupSite): Promise<string[]> {
  try {
    const { goal, lines } = await prepareRollout(call, site, { ami: undefined, force: false, mode: 'plan' })
    return [...lines, ...planLines(await plannedRollout(site, goal))]
  } catch (error) {
    if (!(error instanceof PackageError)) throw error
    return [`an update is not possible: ${error.message}`]
  }
}

function linesOf({ group, versions, pending }: GroupStatus): string[] {
  if (versions.length === 0) return [`${group}  does not run`]
  return [
    ...versions.flatMap((version) => [headOf(version), ...instanceLines(version)]),
    ...(pending.length === 0
      ? ['  up to date']
      : ['  autoscale:update would:', ...pending.map((line) => `    ${line}`)]),
  ]
}

function headOf(version: VersionStatus): string {
  const { name, phase, image = 'no image', digest, commit, owner, sizes, healthy, suspended } = version
  const parts = [
    name,
    phase,
    `${String(healthy)} of ${String(sizes.desired)} healthy (${String(sizes.min)} to ${String(sizes.max)})`,
    image,
    `digest ${digest.slice(0, 12)}`,
    ...(commit === undefined ? [] : [`commit ${commit.slice(0, 12)}`]),
    ...(suspended.length === 0 ? [] : [`suspended: ${suspended.join(', ')}`]),
    ...(owner === undefined ? [] : [`at work: ${owner}`]),
  ]
  return parts.join('  ')
}

function instanceLines({ instances }: VersionStatus): string[] {
  const rows = instances.map(({ id, zone, state, waits_for }) => [
    `  ${id}`,
    zone,
    state,
    waits_for === '' ? 'healthy' : waits_for,
  ])
  return alignColumns(rows)
}
