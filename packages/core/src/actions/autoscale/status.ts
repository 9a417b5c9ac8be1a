import { cloudAction, type CloudCall } from '../../action.ts'
import { areKept } from '../../autoscale/empty-version.ts'
import { leftBehind } from '../../autoscale/left-behind.ts'
import {
  claimant,
  isHalfDeleted,
  isOutOfCharge,
  isUnfinished,
  readFleet,
  readSettings,
} from '../../autoscale/fleet.ts'
import { siteOf, type GroupSite } from '../../autoscale/prepare-rollout.ts'
import { selectGroups } from '../../groups/select-groups.ts'
import { atOnce } from '../../plan/at-once.ts'
import { autoscaleGroups } from './applicability.ts'
import type { GroupStatus } from './group-status.ts'
import { pendingUpdate } from './pending-update.ts'
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
  if (fleet.versions.length === 0) {
    const left = await leftBehind(call, site, fleet)
    return { group, status: 'absent', versions: [], pending: [], ...(left.length > 0 && { left }) }
  }
  const settings = await readSettings(site.fleet, fleet.versions)
  const versions = await Promise.all(
    fleet.versions.map((version) => versionStatus(call, site, version, { fleet, settings })),
  )
  if (versions.some(({ owner }) => owner?.at_work)) {
    return { group, status: 'at work', versions, pending: [] }
  }
  const keeper = fleet.versions.find(
    ({ phase, group: { instances } }) => isOutOfCharge(phase) && areKept(instances),
  )
  const keeps = keeper && { keeps: keeper.group.name }
  // An update is refused there.
  if (isHalfDeleted(fleet)) return { group, status: 'half deleted', versions, pending: [], ...keeps }
  const update = await pendingUpdate(call, site, fleet)
  const hasStopped = isUnfinished(fleet) || fleet.versions.some(claimant)
  // The next run is refused there, and goes on with nothing.
  const isPhaseKnown = versions.every(({ phase }) => phase !== 'unknown')
  const failed = fleet.versions.filter(({ phase }) => phase === 'failed').map((version) => version.group.name)
  return {
    group,
    ...update,
    ...(failed.length > 0 && { failed }),
    ...(hasStopped && isPhaseKnown && { status: 'unfinished' as const }),
    ...keeps,
    versions,
  }
}
