import { cloudAction, planOnly, yes, type CloudCall } from '../../action.ts'
import { readFleet, serving } from '../../autoscale/fleet.ts'
import { siteOf, type GroupSite } from '../../autoscale/prepare-rollout.ts'
import { plannedTakeDown, refuseOthers, takeDown } from '../../autoscale/roll-out.ts'
import { heedFromNowOn, stoppable } from '../../autoscale/stopping.ts'
import { PackageError } from '../../errors.ts'
import { inDependencyOrder, inTurn } from '../../groups/in-dependency-order.ts'
import type { Group } from '../../groups/nodes.ts'
import { selectGroups } from '../../groups/select-groups.ts'
import { announceRegions } from './announce-regions.ts'
import { autoscaleGroups } from './applicability.ts'
import { groupOutcome, type GroupOutcome } from './group-outcome.ts'
import { mostAtOnce, rolloutOptions } from './rollout-options.ts'
import { tellOutcomes } from './tell-outcomes.ts'

const options = {
  all: { type: 'boolean', summary: 'Those of all groups, where none is named' },
  takeover: rolloutOptions.takeover,
  ...yes,
  ...planOnly,
} as const

type DeleteCall = CloudCall<typeof options>

export const autoscaleDelete = cloudAction({
  name: 'autoscale:delete',
  summary: 'Take the autoscale group of a group down: instances, load balancer, launch template',
  operands: '[group...]',
  options,
  examples: [
    ['package autoscale:delete 12_04-bee', 'drained first, after asking'],
    ['package autoscale:delete 12_04-bee --dry-run', 'what would go'],
  ],
  async run(call) {
    const groups = inTurn(chosenGroups(call), 'needed last')
    const dryRun = call.options['dry-run']
    await announceRegions(call, groups)
    const doomed = await Promise.all(groups.map((group) => doomedOf(call, group)))
    const lines = doomed.flatMap((each) => each.lines)
    if (!dryRun && lines.length > 0) await confirmed(call, doomed)
    const dependants = new Map(doomed.map((each) => [each.site.group, each]))
    const work = async (group: Group): Promise<GroupOutcome> => {
      const each = dependants.get(group)
      if (each && !dryRun && each.lines.length > 0) await remove(call, each.site)
      return outcomeOf(group, each?.lines ?? [])
    }
    const order = [...dependants.keys()]
    const results = await inDependencyOrder(order, mostAtOnce, tellOutcomes(call, order, work), 'needed last')
    return groupOutcome(dryRun, results)
  },
})

interface Doomed {
  site: GroupSite
  instances: number
  lines: string[]
}

async function remove(call: DeleteCall, site: GroupSite): Promise<void> {
  heedFromNowOn(call, site.group.name)
  const work = (changing: DeleteCall) => takeDown(changing, site, { takeover: call.options.takeover })
  await stoppable(call, site, work, (versions) => (serving(versions) ? undefined : 'autoscale:run'))
}

async function doomedOf(call: DeleteCall, group: Group): Promise<Doomed> {
  const site = await siteOf(call, group)
  const fleet = await readFleet(site.fleet)
  refuseOthers(call, fleet, call.options.takeover)
  const lines = await plannedTakeDown(call, site, fleet)
  return { site, instances: fleet.versions.flatMap((version) => version.group.instances).length, lines }
}

function outcomeOf({ name }: Group, lines: readonly string[]): GroupOutcome {
  const status = lines.length === 0 ? 'absent' : 'deleted'
  return {
    group: name,
    status,
    lines: lines.length === 0 ? [`absent     ${name}`] : [name, ...lines.map((line) => `  ${line}`)],
    data: { steps: lines },
  }
}

/** Throws PackageError (usage) where no group is named and not all are meant. */
function chosenGroups({ nodes, operands, options: { all } }: DeleteCall): Group[] {
  if (operands.length > 0 || all) return selectGroups(nodes, operands, autoscaleGroups)
  throw new PackageError('usage', 'NO_GROUP', 'autoscale:delete needs a group', {
    hint: 'package autoscale:delete <group>; --all takes every group',
  })
}

async function confirmed(call: DeleteCall, doomed: readonly Doomed[]): Promise<void> {
  const names = doomed.filter(({ lines }) => lines.length > 0).map(({ site }) => site.group.name)
  const count = doomed.reduce((sum, { instances }) => sum + instances, 0)
  const question = `Delete the autoscale group of ${names.join(', ')} with ${String(count)} instances?`
  if (await call.confirm(question)) return
  throw new PackageError('cancelled', 'CANCELLED', 'nothing was deleted')
}
