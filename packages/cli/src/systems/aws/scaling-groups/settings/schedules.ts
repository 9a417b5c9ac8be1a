import {
  DeleteScheduledActionCommand,
  DescribeScheduledActionsCommand,
  PutScheduledUpdateGroupActionCommand,
  type PutScheduledUpdateGroupActionType,
  type ScheduledUpdateGroupAction,
} from '@aws-sdk/client-auto-scaling'
import type { GroupSetting } from '@package/core/ports/cloud/scaling-groups'
import type { Clock } from '@package/core/ports/clock'
import { Cron } from 'croner'

import { allPages } from '../../pages.ts'
import type { AutoScalingSend } from '../auto-scaling-send.ts'
import { fromDefinition, toDefinition } from './definition.ts'
import type { SettingsOfKind } from './settings-of-kind.ts'

export function schedules(send: AutoScalingSend, clock: Clock): SettingsOfKind {
  return {
    async of(groupName) {
      const found = await allPages(async (token) => {
        const page = await send(
          new DescribeScheduledActionsCommand({
            AutoScalingGroupName: groupName,
            MaxRecords: 100,
            ...(token !== undefined && { NextToken: token }),
          }),
        )
        return { items: page.ScheduledUpdateGroupActions, next: page.NextToken }
      })
      return found.map((action) => toSetting(action, groupName, clock.now()))
    },
    put: (groupName, setting) => put(send, groupName, setting, clock.now()),
    async remove(groupName, { name }) {
      const command = new DeleteScheduledActionCommand({
        AutoScalingGroupName: groupName,
        ScheduledActionName: name,
      })
      await send(command)
    },
  }
}

/** AWS refuses times in the past: an action that runs once is over then, one that recurs has begun. */
async function put(
  send: AutoScalingSend,
  groupName: string,
  { name, definition }: GroupSetting,
  now: number,
): Promise<void> {
  const { StartTime: start, EndTime: end, ...others } = definition
  const isOver = (time: unknown) => typeof time === 'string' && Date.parse(time) <= now
  if (isOver(end) || (isOver(start) && others['Recurrence'] === undefined)) return
  await send(
    new PutScheduledUpdateGroupActionCommand({
      ...(fromDefinition(others, groupName) as Partial<PutScheduledUpdateGroupActionType>),
      ...(typeof start === 'string' && !isOver(start) && { StartTime: new Date(start) }),
      ...(typeof end === 'string' && { EndTime: new Date(end) }),
      AutoScalingGroupName: groupName,
      ScheduledActionName: name,
    }),
  )
}

function toSetting(action: ScheduledUpdateGroupAction, groupName: string, now: number): GroupSetting {
  const {
    AutoScalingGroupName: _group,
    ScheduledActionName = '',
    ScheduledActionARN: _arn,
    Time: _time,
    StartTime,
    ...own
  } = action
  const { Recurrence, TimeZone } = own
  const definition = {
    ...own,
    ...(!isNextRun(action, now) && { StartTime }),
    ...(Recurrence !== undefined && { TimeZone: TimeZone ?? 'Etc/UTC' }),
  }
  return { kind: 'schedule', name: ScheduledActionName, definition: toDefinition(definition, groupName) }
}

/** AWS shows the next run of a recurring action as its start; one that was asked for is later than that. */
function isNextRun({ Recurrence, TimeZone, StartTime }: ScheduledUpdateGroupAction, now: number): boolean {
  if (Recurrence === undefined || StartTime === undefined) return false
  const next = new Cron(Recurrence, { timezone: TimeZone ?? 'UTC' }).nextRun(new Date(now))
  return next === null || StartTime <= next
}
