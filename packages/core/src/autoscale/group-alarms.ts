import { objectsIn } from '../groups/json.ts'
import type { AwsAlarm } from '../ports/cloud/alarms.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import type { GroupSetting } from '../ports/cloud/scaling-groups.ts'
import { alarmPrefix, settingPrefix } from './declared-settings.ts'
import type { FleetPlace } from './fleet.ts'
import type { RolloutStep } from './rollout-step.ts'
import { versionNumber } from './version-name.ts'

type Whose = Pick<FleetPlace, 'owner' | 'group'>

/** The names of the alarms that are a group's own, also of those whose policy is gone. */
export async function readAlarms(
  place: Whose & { cloud: Pick<Cloud, 'alarmsNamedLike'> },
): Promise<string[]> {
  const alarms = await place.cloud.alarmsNamedLike(alarmPrefix(place))
  return alarms.filter((alarm) => isOwn(place, alarm)).map(({ name }) => name)
}

/** Alarms carry no tags of ours: one is a group's own that does nothing but act on policies of ours, whatever version these were of. */
function isOwn(place: Whose, { actions }: AwsAlarm): boolean {
  return actions.length > 0 && actions.every((arn) => isOwnPolicy(place, arn))
}

/** By its ARN (API Reference of Auto Scaling, ScalingPolicy). */
function isOwnPolicy({ owner, group }: Whose, arn: string): boolean {
  const [, version = '', policy = ''] = /:autoScalingGroupName\/([^:]*):policyName\/(.*)$/.exec(arn) ?? []
  return policy.startsWith(settingPrefix) && versionNumber(owner, group, version) !== undefined
}

/** Takes the alarms away that none of these settings has: a policy takes its alarms along, but not where its whole version goes. */
export function planAlarms(
  alarms: readonly string[],
  settings: Iterable<GroupSetting>,
): (RolloutStep & { do: 'delete-alarms' })[] {
  const kept = new Set([...settings].flatMap(alarmNames))
  const strays = alarms.filter((name) => !kept.has(name))
  return strays.length === 0 ? [] : [{ do: 'delete-alarms', alarms: strays }]
}

function alarmNames({ definition: { Alarms: alarms } }: GroupSetting): unknown[] {
  return objectsIn(alarms).map(({ AlarmName: name }) => name)
}
