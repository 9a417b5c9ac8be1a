import { cloudAction, type CloudCall } from '../../action.ts'
import { areKept } from '../../autoscale/empty-version.ts'
import { hasTemplate, isUnfinished, readFleet, readSettings, type Fleet } from '../../autoscale/fleet.ts'
import { prepareRollout, siteOf, type GroupSite } from '../../autoscale/prepare-rollout.ts'
import { planLines, plannedRollout } from '../../autoscale/roll-out.ts'
import { PackageError } from '../../errors.ts'
import { selectGroups } from '../../groups/select-groups.ts'
import { atOnce } from '../../plan/at-once.ts'
import { autoscaleGroups } from './applicability.ts'
import type { GroupStatus } from './group-status.ts'
import { mostAtOnce } from './rollout-options.ts'
import { statusLines } from './status-lines.ts'
import { undeclaredGroups, undeclaredLine } from './undeclared-groups.ts'
import { versionStatus } from './version-status.ts'

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
    const undeclared = call.operands.length > 0 ? [] : await undeclaredGroups(call, groups)
    return {
      data: { groups: statuses, undeclared },
      lines: [
        ...statuses.flatMap((status, index) => [...(index > 0 ? [''] : []), ...statusLines(status)]),
        ...undeclared.map(undeclaredLine),
      ],
    }
  },
})

async function statusOf(call: CloudCall, site: GroupSite): Promise<GroupStatus> {
  const group = site.group.name
  const fleet = await readFleet(site.fleet)
  if (fleet.versions.length === 0) return { group, status: 'absent', versions: [], pending: [] }
  const settings = await readSettings(site.fleet, fleet.versions)
  const versions = await Promise.all(
    fleet.versions.map((version) => versionStatus(call, site, version, { fleet, settings })),
  )
  if (versions.some(({ owner }) => owner?.at_work)) {
    return { group, status: 'at work', versions, pending: [] }
  }
  const update = await updateOf(call, site, fleet)
  const hasStopped = isUnfinished(fleet) || fleet.versions.some(({ owner }) => owner !== undefined)
  const failed = fleet.versions.filter(({ phase }) => phase === 'failed').map((version) => version.group.name)
  const keeps = fleet.versions.find(
    ({ phase, group: { instances } }) => phase === 'retiring' && areKept(instances),
  )
  return {
    group,
    ...update,
    ...(failed.length > 0 && { failed }),
    ...(hasStopped && { status: 'unfinished' as const }),
    ...(keeps && { keeps: keeps.group.name }),
    versions,
  }
}

type Update = Pick<
  GroupStatus,
  'status' | 'pending' | 'newer_image' | 'files_differ' | 'template_gone' | 'unknown'
>

/** What an update would do and why. A status is given also where one could not be made. */
async function updateOf(call: CloudCall, site: GroupSite, fleet: Fleet): Promise<Update> {
  try {
    const { goal, image, lines } = await prepareRollout(call, site, plan)
    const pending = [...lines, ...planLines(await plannedRollout(site, goal))]
    if (pending.length === 0) return { status: 'up to date', pending }
    const { live } = fleet
    const current = fleet.templates.find(({ version }) => version === live?.template)?.imageId
    if (live && !hasTemplate(fleet, live)) return { status: 'outdated', pending, template_gone: true }
    if (live === undefined || goal.template.digest === live.digest) return { status: 'outdated', pending }
    const isNewer = image !== undefined && image.id !== current
    return {
      status: 'outdated',
      pending,
      ...(isNewer && { newer_image: image.id }),
      files_differ: isNewer ? await filesDiffer(call, site, { ami: current, digest: live.digest }) : true,
    }
  } catch (error) {
    if (!(error instanceof PackageError)) throw error
    return { status: 'unknown', pending: [], unknown: error.message }
  }
}

const plan = { ami: undefined, force: false, mode: 'plan' } as const

/** Whether an update would replace the instances also from the image that they have. */
async function filesDiffer(
  call: CloudCall,
  site: GroupSite,
  { ami, digest }: { ami: string | undefined; digest: string },
): Promise<boolean> {
  try {
    return (await prepareRollout(call, site, { ...plan, ami })).goal.template.digest !== digest
  } catch (error) {
    // That image is gone, so nothing can be compared any more.
    if (error instanceof PackageError && error.code === 'IMAGE_MISSING') return false
    throw error
  }
}
