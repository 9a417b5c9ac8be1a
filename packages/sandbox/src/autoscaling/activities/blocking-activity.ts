import type { Scope } from '../../operation.ts'
import type { Group } from '../groups/group.ts'
import { isOver } from './record-activity.ts'
import type { ScalingActivity } from './scaling-activity.ts'

/** The activity that is in progress or was over less than the cooldown ago, in seconds (User Guide, "Scaling cooldowns"). */
export function blockingActivity(
  { activities }: Group,
  { now }: Scope,
  cooldown: number,
): ScalingActivity | undefined {
  return activities.find(
    ({ status, endedAt = now }) =>
      !isOver(status) || (status === 'Successful' && now < endedAt + cooldown * 1000),
  )
}
