import { cloudAction } from '../../action.ts'
import { isHalfDeleted } from '../../autoscale/fleet.ts'
import { siteOf } from '../../autoscale/prepare-rollout.ts'
import { inDependencyOrder } from '../../groups/in-dependency-order.ts'
import type { Group } from '../../groups/nodes.ts'
import { selectGroups } from '../../groups/select-groups.ts'
import { announceRegions } from './announce-regions.ts'
import { autoscaleGroups } from './applicability.ts'
import { groupOutcome, type GroupOutcome } from './group-outcome.ts'
import { notRunning, waysOnText } from './not-running.ts'
import { fleetToChange, rollOutGroup } from './roll-out-group.ts'
import { mostAtOnce, rolloutOptions } from './rollout-options.ts'
import { tellOutcomes } from './tell-outcomes.ts'

const options = {
  ami: { type: 'string', summary: 'The image, in place of the newest that was built of the group' },
  force: { type: 'boolean', summary: 'Replace also what runs from the same launch specification' },
  ...rolloutOptions,
} as const

export const autoscaleUpdate = cloudAction({
  name: 'autoscale:update',
  summary:
    'Replace the running autoscale groups by what the files and the newest images say, losing no capacity',
  operands: '[group...]',
  options,
  examples: [
    ['package autoscale:update 12_04-bee', 'the new version up and healthy, then the old one off'],
    ['package autoscale:update --dry-run', 'what would change in which group'],
    ['package autoscale:update', 'every group that runs, in the order of depends_on'],
  ],
  async run(call) {
    const {
      nodes,
      operands,
      options: { ami, force },
    } = call
    const groups = selectGroups(nodes, operands, autoscaleGroups)
    await announceRegions(call, groups)
    const work = async (group: Group): Promise<GroupOutcome> => {
      const site = await siteOf(call, group)
      const fleet = await fleetToChange(call, site)
      const isLeft = isHalfDeleted(fleet)
      if (fleet.versions.length > 0 && !isLeft) return rollOutGroup(call, site, fleet, { ami, force })
      if (operands.length > 0) throw notRunning(group.name, fleet)
      const why = isLeft ? `it is half deleted: ${waysOnText(group.name)}` : 'it does not run'
      return {
        group: group.name,
        status: 'skipped',
        lines: [`skipped    ${group.name}  ${why}`],
        data: {},
      }
    }
    const results = await inDependencyOrder(groups, mostAtOnce, tellOutcomes(call, groups, work))
    return groupOutcome(call.options['dry-run'], results)
  },
})
