import type { GroupSetting } from '../ports/cloud/scaling-groups.ts'
import { doom } from './claims.ts'
import { planAlarms } from './group-alarms.ts'
import type { Ground } from './ground.ts'
import { removeTemplate } from './plan-template.ts'
import { removal } from './retirement.ts'
import type { RolloutStep } from './rollout-step.ts'

/**
 * Takes a group's autoscale groups down, all versions of it, and what belongs to them. What is in charge is claimed first: from then on the group is
 * half deleted. The last version goes when nothing else is left: it says until then who is at work.
 */
export function planTakeDown({ fleet, settings, alarms }: Ground): RolloutStep[] {
  const { versions, live } = fleet
  const ordered = [...(live ? [live] : []), ...versions.filter((version) => version !== live)]
  const standing = ordered.filter(({ group }) => !group.isBeingDeleted)
  const last = standing.at(-1)
  return [
    ...standing.map((version) => {
      const { group, owner } = version
      return {
        do: 'claim',
        name: group.name,
        goesOn: owner !== undefined,
        ...doom(version, 'deleting'),
      } as const
    }),
    ...versions.flatMap(({ group: { name } }) => alarmed(name, settings.get(name) ?? [])),
    ...planAlarms(alarms, [...settings.values()].flat()),
    ...ordered.filter((version) => version !== last).flatMap((version) => removal(version)),
    ...(last ? removal(last).slice(0, -1) : []),
    { do: 'remove-load-balancer' },
    ...removeTemplate(fleet),
    ...(last ? removal(last).slice(-1) : []),
  ]
}

/** A policy's alarms are not the group's: they would stay. */
function alarmed(name: string, settings: readonly GroupSetting[]): RolloutStep[] {
  return settings
    .filter(({ definition }) => 'Alarms' in definition)
    .map((setting) => ({ do: 'remove-setting', name, setting }))
}
