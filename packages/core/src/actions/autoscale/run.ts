import { cloudAction } from '../../action.ts'
import { autoscaleOf } from '../../autoscale/autoscale-defaults.ts'
import { isUnfinished, type Fleet } from '../../autoscale/fleet.ts'
import { siteOf } from '../../autoscale/prepare-rollout.ts'
import { PackageError } from '../../errors.ts'
import { inDependencyOrder } from '../../groups/in-dependency-order.ts'
import type { Group } from '../../groups/nodes.ts'
import { selectGroups } from '../../groups/select-groups.ts'
import { autoscaleGroups } from './applicability.ts'
import { announceRegions } from './announce-regions.ts'
import { groupOutcome, type GroupOutcome } from './group-outcome.ts'
import { fleetToChange, rollOutGroup } from './roll-out-group.ts'
import { mostAtOnce, rolloutOptions } from './rollout-options.ts'
import { tellOutcomes } from './tell-outcomes.ts'
import { warnOfUnseenConverge } from './warn-of-unseen-converge.ts'

const options = {
  ami: { type: 'string', summary: 'The image, in place of the newest that was built of the group' },
  ...rolloutOptions,
} as const

export const autoscaleRun = cloudAction({
  name: 'autoscale:run',
  summary: 'Start the autoscale group of each group: launch template, load balancer, instances',
  operands: '[group...]',
  options,
  examples: [
    ['package autoscale:run 12_04-bee', 'from its newest image; waits until all are healthy'],
    ['package autoscale:run 12_04-bee --dry-run', 'what that would make'],
    ['package autoscale:run', 'every group that has none yet, in the order of depends_on'],
  ],
  async run(call) {
    const { nodes, operands } = call
    const groups = selectGroups(nodes, operands, autoscaleGroups)
    await announceRegions(call, groups)
    const work = async (group: Group): Promise<GroupOutcome> => {
      const site = await siteOf(call, group)
      const fleet = await fleetToChange(call, site)
      const running = runningVersion(fleet)
      if (running !== undefined) {
        if (operands.length > 0) throw isThere(group.name, running)
        return {
          group: group.name,
          status: 'skipped',
          lines: [`skipped    ${group.name}  ${running} runs`],
          data: { version: running },
        }
      }
      if (autoscaleOf(group).converge === 'none') {
        const why = 'autoscale.converge is "none", as it is without an iam_instance_profile'
        warnOfUnseenConverge(call, group.name, why)
      }
      return rollOutGroup(call, site, fleet, { ami: call.options.ami, force: false })
    }
    const results = await inDependencyOrder(groups, mostAtOnce, tellOutcomes(call, groups, work))
    return groupOutcome(call.options['dry-run'], results)
  },
})

/** A start that was cut off after its version had been put in charge is gone on with. */
function runningVersion(fleet: Fleet): string | undefined {
  return isUnfinished(fleet) ? undefined : fleet.live?.group.name
}

function isThere(group: string, name: string): PackageError {
  return new PackageError('conflict', 'AUTOSCALE_EXISTS', `${group} runs already: ${name}`, {
    hint: `package autoscale:update ${group}`,
  })
}
