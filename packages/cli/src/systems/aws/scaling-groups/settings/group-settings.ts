import type { GroupSetting, ScalingGroups } from '@package/core/ports/cloud/scaling-groups'

import type { Connection } from '../../connection.ts'
import type { Consistent } from '../../consistent.ts'
import { unlessGone } from '../../not-found.ts'
import type { AutoScalingSend } from '../auto-scaling-send.ts'
import { alarmsWhenCalled } from './alarms-when-called.ts'
import { hooks } from './hooks.ts'
import { notifications } from './notifications.ts'
import { policies } from './policies.ts'
import { schedules } from './schedules.ts'
import type { SettingsOfKind } from './settings-of-kind.ts'

export function groupSettings(
  send: AutoScalingSend,
  connection: Connection,
  region: string,
  consistent: Consistent,
): Pick<ScalingGroups, 'groupSettings' | 'putGroupSetting' | 'removeGroupSetting'> {
  const kinds: Record<GroupSetting['kind'], SettingsOfKind> = {
    policy: policies(send, alarmsWhenCalled(connection, region)),
    schedule: schedules(send, connection.clock),
    hook: hooks(send),
    notification: notifications(send),
  }
  return {
    groupSettings: (name) =>
      consistent.untilFound([name], async () => {
        const found = await Promise.all(Object.values(kinds).map((kind) => kind.of(name)))
        return found.flat()
      }),
    putGroupSetting: (groupName, setting) =>
      consistent.untilFound([groupName], () => kinds[setting.kind].put(groupName, setting)),
    removeGroupSetting: (groupName, setting) => unlessGone(kinds[setting.kind].remove(groupName, setting)),
  }
}
