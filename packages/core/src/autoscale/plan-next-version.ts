import type { GroupSetting } from '../ports/cloud/scaling-groups.ts'
import type { Version } from './fleet.ts'
import type { Goal } from './goal.ts'
import type { Ground } from './ground.ts'
import { planInPlace, targetGroupsDue } from './plan-in-place.ts'
import { nextTemplate } from './plan-template.ts'
import type { RolloutStep } from './rollout-step.ts'
import { isOurs, planSettings, type SettingStep } from './setting-steps.ts'
import { sizesDue } from './size-steps.ts'

export interface NextVersion {
  name: string
  /** What makes it be there, as is wished. */
  made: RolloutStep[]
  /** The settings that it gets after that. */
  changes: SettingStep[]
}

/** How the next version comes to be: anew, or from one that another run has begun. */
export function planNextVersion(ground: Ground, goal: Goal, adopted: Version | undefined): NextVersion {
  const { fleet, settings, nameOf } = ground
  const { live } = fleet
  const replaces = live?.group.name
  const others = settings.get(replaces ?? '') ?? []
  const foreign = { arns: ground.foreignTargetGroupArns, previous: live }
  if (adopted) {
    const { name } = adopted.group
    const changes = planSettings(name, goal.settings, settings.get(name) ?? [], others)
    return { name, made: planInPlace(adopted, goal, foreign), changes }
  }
  const number = (fleet.versions.at(-1)?.number ?? -1) + 1
  const name = nameOf(number)
  const created: RolloutStep = {
    do: 'create-version',
    name,
    number,
    replaces,
    sizes: live ? sizesDue(goal, live.group) : goal.sizes,
    targetGroupArns: targetGroupsDue(goal, foreign),
    hooks: hooksOf(goal, others),
    template: nextTemplate(fleet, goal),
    goal,
  }
  const changes = planSettings(name, goal.settings.filter(isLater), [], others.filter(isLater))
  return { name, made: [created], changes }
}

/** Those of nodes.json, and those that others have added to the version before. */
function hooksOf({ settings }: Goal, others: readonly GroupSetting[]): GroupSetting[] {
  const carried = others.filter((setting) => !isOurs(setting))
  return [...settings, ...carried].filter(({ kind }) => kind === 'hook')
}

/** Hooks are given to a version when it is made: its first instances wait for them too. */
function isLater({ kind }: GroupSetting): boolean {
  return kind !== 'hook'
}
