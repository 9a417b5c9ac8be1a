import { cloudAction, type CloudCall } from '../../action.ts'
import { isUnfinished, templatesOf, type Fleet, type TemplateVersion } from '../../autoscale/fleet.ts'
import { siteOf, type GroupSite } from '../../autoscale/prepare-rollout.ts'
import { goneFrom, lastOther } from '../../autoscale/template-history.ts'
import { PackageError } from '../../errors.ts'
import { inDependencyOrder } from '../../groups/in-dependency-order.ts'
import type { Group } from '../../groups/nodes.ts'
import { selectGroups } from '../../groups/select-groups.ts'
import type { CutOffUpdate } from '../../load-balancers/listeners-before.ts'
import { completesLaunchHook } from '../../launch/user-data.ts'
import { announceRegions } from './announce-regions.ts'
import { autoscaleGroups } from './applicability.ts'
import { groupOutcome, type GroupOutcome } from './group-outcome.ts'
import { notRunning } from './not-running.ts'
import { fleetToChange, rollOutGroup } from './roll-out-group.ts'
import { mostAtOnce, rolloutOptions } from './rollout-options.ts'
import { tellOutcomes } from './tell-outcomes.ts'
import { warnOfUnseenConverge } from './warn-of-unseen-converge.ts'

export const autoscaleRollback = cloudAction({
  name: 'autoscale:rollback',
  summary: 'Replace a running autoscale group by the version that ran before it',
  operands: '<group...>',
  options: rolloutOptions,
  examples: [
    ['package autoscale:rollback 12_04-bee', 'back to the previous launch template version'],
    ['package autoscale:rollback 12_04-bee --dry-run', 'which one that is, and what it takes'],
  ],
  async run(call) {
    const { nodes, operands } = call
    if (operands.length === 0) {
      throw new PackageError('usage', 'NO_GROUP', 'autoscale:rollback needs a group', {
        hint: 'package autoscale:rollback <group>',
      })
    }
    const groups = selectGroups(nodes, operands, autoscaleGroups)
    await announceRegions(call, groups)
    const work = async (group: Group): Promise<GroupOutcome> => {
      const site = await siteOf(call, group)
      const fleet = await fleetToChange(call, site)
      if (fleet.live === undefined) throw notRunning(group.name, fleet)
      const { digest, userData = '', ...known } = previousVersion(call, site, fleet)
      const cutOff = cutOffUpdate(fleet)
      const converge = completesLaunchHook(userData) ? 'hook' : 'none'
      if (converge === 'none') warnOfUnseenConverge(call, group.name, 'its nodes did not tell of it then')
      const template = { known, digest, converge, cutOff } as const
      return rollOutGroup(call, site, fleet, { ami: undefined, force: false, template })
    }
    const results = await inDependencyOrder(groups, mostAtOnce, tellOutcomes(call, groups, work))
    return groupOutcome(call.options['dry-run'], results)
  },
})

/** The update whose changes of the listeners a rollback takes back too: what runs from the files of before speaks where they did. */
function cutOffUpdate(fleet: Fleet): CutOffUpdate | undefined {
  const { live } = fleet
  if (live === undefined) return undefined
  const isPromoted = !staysInCharge(fleet)
  if (isPromoted && !isUnfinished(fleet)) return undefined
  return { liveTargetGroupArns: live.group.targetGroupArns, isPromoted }
}

/** Whether a rollback leads to what is in charge: to it, or from an update that has not replaced it, or failed to. */
function staysInCharge(fleet: Fleet): boolean {
  return fleet.live?.rollbackOf !== undefined || isUpdateCutOff(fleet)
}

/**
 * What was live before; what is live where an update was cut off before its version was in charge; of a rollback that was cut off,
 * what that was to return to. Where somebody has deleted that, the newest earlier one, with a warning. Throws PackageError (conflict)
 * without one.
 */
function previousVersion({ report }: CloudCall, site: GroupSite, fleet: Fleet): TemplateVersion {
  const { live } = fleet
  const group = site.group.name
  const templates = live ? templatesOf(fleet, live) : []
  const number = live?.template ?? 0
  const from = templates.find(({ version }) => version === number)
  if (from && staysInCharge(fleet)) return from
  const previous = lastOther(templates, number, live?.digest ?? '')
  const gone = goneFrom(templates, number).filter((each) => each > (previous?.version ?? 0))
  const what = `version ${gone.join(', ')} of launch template ${site.fleet.templateName} is gone`
  if (previous) {
    const text = `${group}: ${what}: back to version ${String(previous.version)}, which ran before`
    if (gone.length > 0) report({ level: 'warning', code: 'TEMPLATE_VERSION_SKIPPED', group, text })
    return previous
  }
  const why = gone.length === 0 ? '' : `: ${what}`
  throw new PackageError('conflict', 'NO_PREVIOUS_VERSION', `${group} has no version to return to${why}`, {
    hint: `nothing that it ran before differs from what runs now and is kept; package autoscale:update ${group} launches what the files say`,
  })
}

/**
 * Whether what is in charge was about to be replaced by an update, as far as that had come or is taken back: it says so, its next
 * version is there, be it one that failed and is kept, processes are suspended for it, or what it would have launched from is.
 */
function isUpdateCutOff({ live, versions, templates }: Fleet): boolean {
  if (live === undefined) return false
  if (live.updatedBy !== undefined) return true
  const next = versions.filter(({ phase }) => phase === 'staging' || phase === 'failed')
  if (next.length > 0) return next.some(({ rollbackOf }) => rollbackOf === undefined)
  const used = new Set(versions.map(({ template }) => template))
  const isNextThere = templates.some(({ version }) => version > (live.template ?? 0) && !used.has(version))
  return live.frozen.length > 0 || isNextThere
}
