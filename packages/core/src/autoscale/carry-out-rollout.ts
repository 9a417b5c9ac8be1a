import { awaitHealthy, confirmHealthy } from './await-healthy.ts'
import { awaitOthers, matchCapacity } from './await-others.ts'
import { createVersion } from './create-version.ts'
import { deleteVersion, detach, empty } from './empty-version.ts'
import { isGone, readFleet, rolloutTags } from './fleet.ts'
import { keepFailed } from './keep-failed.ts'
import { planTemplate } from './plan-template.ts'
import { isOfLost } from './replaced-version.ts'
import {
  claim,
  heedStop,
  heedSuccessor,
  hold,
  markUpdated,
  versionGone,
  versionsNow,
  type Rollout,
} from './rollout.ts'
import { rolloutLines } from './rollout-lines.ts'
import type { ClaimStep, RolloutStep } from './rollout-step.ts'

/** Carries a plan out, step by step; each finds what is done already. Throws PackageError: those of the cloud, conflict, timeout, cancelled. */
export async function carryOutRollout(rollout: Rollout, plan: readonly RolloutStep[]): Promise<void> {
  for (const step of plan) {
    heedStop(rollout)
    for (const text of isOfLost(rollout, step) ? [] : rolloutLines(step)) {
      rollout.report({
        level: 'info',
        code: 'STEP',
        group: rollout.place.group,
        text,
        data: { do: step.do, name: rollout.place.group },
      })
    }
    await carryOutStep(rollout, step)
  }
}

type Handlers = {
  [Kind in RolloutStep['do']]: (rollout: Rollout, step: Extract<RolloutStep, { do: Kind }>) => Promise<void>
}

const handlers: Handlers = {
  claim: takeOver,
  async 'mark-updated'(rollout, { name }) {
    await versionsNow(rollout)
    await markUpdated(rollout, name)
  },
  freeze,
  'create-version': createVersion,
  async 'await-healthy'(rollout, { name, within }) {
    rollout.claimedAfter ??= await lastBeginning(rollout, name)
    await awaitHealthy(rollout, name, { within, isNew: true })
  },
  'await-others': awaitOthers,
  'match-capacity': matchCapacity,
  async promote(rollout, { name }) {
    await rollout.cloud.tagScalingGroup(name, { [rolloutTags.phase]: 'live' })
    if (rollout.next) rollout.next.isInCharge = true
    // Of what leaves.
    rollout.frozen = undefined
  },
  async 'move-listeners'(rollout) {
    await rollout.moveListeners()
    rollout.hasMovedListeners = true
  },
  'confirm-healthy': (rollout, { name, within }) => confirmHealthy(rollout, name, within),
  'keep-failed': keepFailed,
  'put-setting': ({ cloud }, { name, setting }) => cloud.putGroupSetting(name, setting),
  'remove-setting': ({ cloud }, { name, setting }) => cloud.removeGroupSetting(name, setting),
  'delete-alarms': ({ cloud }, { alarms }) => cloud.deleteAlarms(alarms),
  resize: ({ cloud }, { name, change }) => cloud.updateScalingGroup(name, change),
  attach: ({ cloud }, { name, targetGroupArns }) => cloud.attachTargetGroups(name, targetGroupArns),
  'tag-commit': ({ cloud }, { name, commit }) =>
    cloud.tagScalingGroup(name, { [rolloutTags.commit]: commit }),
  retire: (rollout, { name }) => retire(rollout, name),
  detach: (rollout, { name, targetGroupArns }) => detach(rollout, name, targetGroupArns),
  empty: (rollout, { name }) => empty(rollout, name),
  async 'delete-version'(rollout, { name }) {
    await deleteVersion(rollout, name)
    if (rollout.next?.name === name) rollout.next = undefined
    if (rollout.claimed === name) rollout.claimed = undefined
  },
  'remove-load-balancer': (rollout) => rollout.removeLoadBalancer(),
  async thaw(rollout, { name, processes }) {
    await rollout.cloud.resumeProcesses(name, processes)
    rollout.frozen = undefined
    await rollout.cloud.untagScalingGroup(name, [rolloutTags.frozen])
  },
  'set-default-template': ({ cloud }, { templateId, version }) =>
    cloud.setDefaultVersion(templateId, version),
  'delete-template-versions': ({ cloud }, { templateId, versions }) =>
    cloud.deleteTemplateVersions(templateId, versions),
  'delete-template': (rollout, { templateId }) => deleteTemplate(rollout, templateId),
  'tidy-template': (rollout, { name }) => tidyTemplate(rollout, name),
  async release(rollout, { name, isDone }) {
    const { owner, update, rollback } = rolloutTags
    await rollout.cloud.untagScalingGroup(name, isDone ? [owner, update, rollback] : [owner, update])
    if (rollout.claimed === name) rollout.claimed = undefined
  },
}

/** Carries one step out, as `carryOutRollout` does, also where the run was asked to stop. */
export async function carryOutStep(rollout: Rollout, step: RolloutStep): Promise<void> {
  const handler = handlers[step.do] as (rollout: Rollout, step: RolloutStep) => Promise<void>
  try {
    await handler(rollout, step)
  } catch (error) {
    throw 'name' in step && isGone(error) ? versionGone(step.name) : error
  }
}

/** Not where a group that somebody has made by hand launches from it. */
async function deleteTemplate(rollout: Rollout, templateId: string): Promise<void> {
  const { cloud, report, place, claimed } = rollout
  await hold(rollout)
  const groups = await cloud.scalingGroups()
  const users = groups.filter(
    ({ name, templates }) => name !== claimed && templates.some(({ id }) => id === templateId),
  )
  if (users.length === 0) return cloud.deleteLaunchTemplate(templateId)
  const names = users.map(({ name }) => name).join(', ')
  const text = `launch template ${place.templateName} stays: ${names} launches from it`
  report({ level: 'warning', code: 'TEMPLATE_IN_USE', group: place.group, text })
}

/** When the last thing began that a group did. */
async function lastBeginning({ cloud }: Rollout, name: string): Promise<number> {
  const [last] = await cloud.scalingActivities(name)
  return last?.startedAt ?? -Infinity
}

/** Of two runs that take over at once, the one whose tag is there afterwards goes on. */
async function takeOver(rollout: Rollout, { name, rollbackOf, doomed, takenFrom }: ClaimStep): Promise<void> {
  try {
    await claim(rollout, name, {
      ...(rollbackOf !== undefined && { [rolloutTags.rollback]: rollbackOf }),
      ...(doomed && { [rolloutTags.phase]: doomed }),
    })
    if (takenFrom !== undefined) rollout.takenFrom.set(name, takenFrom)
  } catch (error) {
    // Whoever has made it may have given way.
    if (!doomed || !isGone(error)) throw error
  }
  // Who dooms a version to make another looks by planning again.
  if (doomed !== 'failed') await versionsNow(rollout)
}

/** What somebody deletes meanwhile does nothing by itself any more, and what replaces it is needed all the more. */
async function freeze(
  rollout: Rollout,
  { name, processes }: { name: string; processes: readonly string[] },
): Promise<void> {
  const { cloud } = rollout
  try {
    // The tag comes first: what is suspended is known to be ours at any moment.
    await cloud.tagScalingGroup(name, { [rolloutTags.frozen]: processes.join(',') })
    rollout.frozen = { name, processes }
    await cloud.suspendProcesses(name, processes)
  } catch (error) {
    if (!isGone(error)) throw error
    rollout.frozen = undefined
  }
}

async function retire(rollout: Rollout, name: string): Promise<void> {
  const versions = await versionsNow(rollout)
  heedSuccessor(rollout, versions, name)
  const version = versions.find(({ group }) => group.name === name)
  if (version === undefined || version.group.isBeingDeleted) return
  await rollout.cloud.tagScalingGroup(name, { [rolloutTags.phase]: 'retiring' })
  if (rollout.replaced?.name === name) rollout.replaced = undefined
}

async function tidyTemplate(rollout: Rollout, name: string): Promise<void> {
  const fleet = await readFleet(rollout.place)
  const serving = fleet.versions.find(({ group }) => group.name === name)
  for (const step of planTemplate(fleet, serving?.template)) await carryOutStep(rollout, step)
}
