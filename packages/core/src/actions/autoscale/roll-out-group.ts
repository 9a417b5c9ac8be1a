import type { CloudCall } from '../../action.ts'
import { readFleet, serving, type Fleet, type Version } from '../../autoscale/fleet.ts'
import { launched, launchedText } from '../../autoscale/launched.ts'
import { sayingWhatIsLeft } from '../../autoscale/left-behind.ts'
import {
  prepareRollout,
  type GroupSite,
  type PreparedRollout,
  type RolloutWish,
} from '../../autoscale/prepare-rollout.ts'
import { updateMark, type UpdateMark } from '../../autoscale/mark-update.ts'
import { refuseUnknownPhase } from '../../autoscale/refuse-unknown-phase.ts'
import { plannedRollout, refuseOthers, rollOut, settleLoadBalancer } from '../../autoscale/roll-out.ts'
import type { RolloutStep } from '../../autoscale/rollout-step.ts'
import { heedFromNowOn, stoppable } from '../../autoscale/stopping.ts'
import { wayBackFrom, type WayBack } from '../../autoscale/way-back.ts'
import { autoscaleDnaFile } from '../../generated-files/dna-file.ts'
import { rewriteStale } from '../../generated-files/rewrite-stale.ts'
import { roleFile, withNestedRoles } from '../../generated-files/role-file.ts'
import type { Group } from '../../groups/nodes.ts'
import type { GroupOutcome } from './group-outcome.ts'
import type { rolloutOptions } from './rollout-options.ts'

type RolloutCall = CloudCall<typeof rolloutOptions>

/** What exists of a group, before anything is changed; Ctrl-C is heeded then. Throws PackageError (conflict) where somebody else is at work on it, or it cannot be said what serves. */
export async function fleetToChange(call: RolloutCall, site: GroupSite): Promise<Fleet> {
  const dryRun = call.options['dry-run']
  if (!dryRun) heedFromNowOn(call, site.group.name)
  const fleet = await readFleet(site.fleet)
  if (!dryRun) refuseOthers(call, fleet, call.options.takeover)
  refuseUnknownPhase(fleet)
  return fleet
}

/** Brings a group to where it is wanted, or says what that would take of this fleet. Throws PackageError: those of the cloud, conflict, timeout, cancelled. */
export async function rollOutGroup(
  call: RolloutCall,
  site: GroupSite,
  fleet: Fleet,
  wish: Omit<RolloutWish, 'mode'>,
): Promise<GroupOutcome> {
  const plan = { ...wish, mode: 'plan' } as const
  if (call.options['dry-run']) return planned(site, fleet, await prepareRollout(call, site, plan))
  return sayingWhatIsLeft(call, site, () =>
    stoppable(
      call,
      site,
      (changing) => carriedOut(changing, site, fleet, wish),
      (versions) => wayBack(versions, wish),
    ),
  )
}

/** From work that was stopped: what it began is there beside what serves or alone, or what serves says so. */
function wayBack(
  versions: readonly Version[],
  { template }: Pick<RolloutWish, 'template'>,
): WayBack | undefined {
  const live = serving(versions)
  if (live && versions.length === 1 && live.updatedBy === undefined) return undefined
  return wayBackFrom({ isFirst: live === undefined, isRollback: template !== undefined })
}

async function carriedOut(
  call: RolloutCall,
  site: GroupSite,
  fleet: Fleet,
  wish: Omit<RolloutWish, 'mode'>,
): Promise<GroupOutcome> {
  const { group } = site
  const described = [...withNestedRoles(call.nodes, group).map(roleFile), autoscaleDnaFile(group)]
  await rewriteStale(call, group.name, described)
  const mark = markBefore(call, site, fleet, wish)
  const marking = { ...call, ...(mark && { clock: mark.clock }) }
  const making = { ...wish, mode: 'make', ...(mark && { beforeChange: mark.begin }) } as const
  const prepared = await prepareRollout(marking, site, making)
  tellImage(call, group, prepared)
  const { takeover, 'keep-failed': keepFailed } = call.options
  const { done, lines } = await rollOut(call, site, prepared, { takeover, keepFailed })
  const settled = prepared.goal.leavesRemovals ? await settleLoadBalancer(call, site, prepared) : []
  return outcomeOf(site, { done, lines: [...prepared.lines, ...lines, ...settled] }, prepared)
}

/** Whoever comes after a run that is cut off before there is a next version knows of the update. A rollback is known by what it makes. */
function markBefore(
  call: RolloutCall,
  { cloud }: GroupSite,
  { live }: Fleet,
  { template }: Omit<RolloutWish, 'mode'>,
): UpdateMark | undefined {
  if (template !== undefined || live === undefined || live.group.isBeingDeleted) return undefined
  return updateMark(call, cloud, live.group.name)
}

async function planned(site: GroupSite, fleet: Fleet, prepared: PreparedRollout): Promise<GroupOutcome> {
  const group = site.group.name
  const lines = await plannedRollout(site, fleet, prepared)
  const status = lines.length === 0 ? 'unchanged' : 'to do'
  const back = returnText(site, prepared)
  return {
    group,
    status,
    lines:
      lines.length === 0
        ? [[status, group, ...back].join('  ')]
        : [[group, ...back].join(': '), ...lines.map((line) => `  ${line}`)],
    data: { steps: lines, ...launched(prepared.goal.template) },
  }
}

function outcomeOf(
  site: GroupSite,
  { done, lines }: { done: readonly RolloutStep[]; lines: readonly string[] },
  prepared: PreparedRollout,
): GroupOutcome {
  const { goal, image } = prepared
  const group = site.group.name
  const replacement = done.find((step) => step.do === 'promote')
  const status = replacement
    ? replacementStatus(done)
    : done.length + lines.length > 0
      ? 'updated'
      : 'unchanged'
  const version = replacement?.name
  const parts = [status.padEnd(9), group, version, image?.id, ...returnText(site, prepared)]
  return {
    group,
    status,
    lines: [parts.filter((part) => part !== undefined).join('  ')],
    data: {
      ...(version !== undefined && { version }),
      ...launched(goal.template),
      steps: lines,
    },
  }
}

/** Which version a rollback leads to. */
function returnText({ fleet }: GroupSite, { goal: { template } }: PreparedRollout): string[] {
  if (!('version' in template)) return []
  const which = `version ${String(template.version)} of launch template ${fleet.templateName}`
  return [`back to ${which}: ${launchedText(template)}`]
}

function tellImage({ report }: RolloutCall, { name }: Group, { image }: PreparedRollout): void {
  if (image === undefined) return
  const text = `${name}: image ${image.id} (${image.name})`
  report({ level: 'info', code: 'IMAGE', group: name, text, data: { image: image.id } })
}

function replacementStatus(done: readonly RolloutStep[]): string {
  return done.some((step) => step.do === 'match-capacity') ? 'replaced' : 'started'
}
