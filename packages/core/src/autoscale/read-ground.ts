import { readFleet, readSettings, type Fleet } from './fleet.ts'
import type { Goal } from './goal.ts'
import { readAlarms } from './group-alarms.ts'
import type { Ground } from './ground.ts'
import type { GroupSite } from './prepare-rollout.ts'
import { refuseUnknownPhase } from './refuse-unknown-phase.ts'
import { versionName } from './version-name.ts'

/** What a rollout is planned from, as it is now. Throws as `rolloutGround` does. */
export async function readRolloutGround(site: GroupSite, goal: Goal): Promise<Ground> {
  return rolloutGround(site, await readFleet(site.fleet), goal)
}

/** What a rollout is planned from. Throws PackageError: those of the cloud, and conflict where it cannot be said which versions serve. */
export async function rolloutGround(
  site: GroupSite,
  fleet: Fleet,
  { ownTargetGroupArns }: Goal,
): Promise<Ground> {
  refuseUnknownPhase(fleet)
  const ground = await groundOf(site, fleet)
  const attached = new Set(fleet.versions.flatMap(({ group }) => group.targetGroupArns))
  const others = [...attached].filter((arn) => !ownTargetGroupArns.includes(arn))
  // A version goes on naming what somebody has deleted, and no other one could be attached to that.
  const foreignTargetGroupArns = others.length === 0 ? [] : await site.cloud.existingTargetGroups(others)
  return { ...ground, foreignTargetGroupArns }
}

/** All that there is of a group's versions, of whatever phase. Throws PackageError: those of the cloud. */
export async function groundOf({ fleet: place }: GroupSite, fleet: Fleet): Promise<Ground> {
  const [settings, alarms] = await Promise.all([readSettings(place, fleet.versions), readAlarms(place)])
  const nameOf = (number: number) => versionName(place.owner, place.group, number)
  return { fleet, settings, alarms, foreignTargetGroupArns: [], nameOf }
}
