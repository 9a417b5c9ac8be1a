import {
  DescribeScheduledActionsCommand,
  PutScheduledUpdateGroupActionCommand,
  ResumeProcessesCommand,
  SuspendProcessesCommand,
  type PutScheduledUpdateGroupActionCommandInput,
} from '@aws-sdk/client-auto-scaling'
import { expect, test } from 'vitest'

import { AutoScalingGroupName, groupAccount } from './group-account.ts'

const hour = 3_600_000

/** A group of two whose account stands at midnight, UTC, of a day in winter. */
async function groupAtMidnight() {
  const account = await groupAccount()
  const { sandbox, autoscaling, create } = account
  await create()
  const midnight = Date.UTC(2031, 0, 15)
  await sandbox.advance(midnight - sandbox.now())
  return {
    ...account,
    midnight,
    put: (ScheduledActionName: string, more: Partial<PutScheduledUpdateGroupActionCommandInput>) =>
      autoscaling.send(
        new PutScheduledUpdateGroupActionCommand({ AutoScalingGroupName, ScheduledActionName, ...more }),
      ),
    shown: async () => {
      const found = await autoscaling.send(new DescribeScheduledActionsCommand({ AutoScalingGroupName }))
      return (found.ScheduledUpdateGroupActions ?? []).map(({ ScheduledActionName, StartTime }) => [
        ScheduledActionName,
        StartTime?.toISOString(),
      ])
    },
    sizes: async () => {
      const { MinSize, MaxSize, DesiredCapacity } = (await account.group()) ?? {}
      return [MinSize, MaxSize, DesiredCapacity]
    },
  }
}

test('a group is off at night, in the zone that its actions name, day after day', async () => {
  const { put, shown, sizes, sandbox, instances, activities } = await groupAtMidnight()
  const TimeZone = 'Europe/Berlin'
  await put('night', { Recurrence: '0 22 * * *', TimeZone, MinSize: 0, MaxSize: 0, DesiredCapacity: 0 })
  await put('day', { Recurrence: '0 6 * * *', TimeZone, MinSize: 1, MaxSize: 4, DesiredCapacity: 2 })
  expect(await shown()).toEqual([
    ['night', '2031-01-15T21:00:00.000Z'],
    ['day', '2031-01-15T05:00:00.000Z'],
  ])
  await sandbox.advance(20.9 * hour)
  expect(await sizes()).toEqual([1, 4, 2])
  await sandbox.advance(0.5 * hour)
  expect([await sizes(), await instances()]).toEqual([[0, 0, 0], []])
  expect((await activities()).map(({ Cause }) => Cause)).toContainEqual(
    expect.stringMatching(
      /^At 2031-01-15T21:00:00Z a scheduled action update of AutoScalingGroup constraints to min: 0, max: 0, desired: 0 changing the desired capacity from 2 to 0\. {2}At \S+ an instance was taken out of service in response to a difference/,
    ),
  )
  await sandbox.advance(9 * hour)
  expect([await sizes(), (await instances()).length]).toEqual([[1, 4, 2], 2])
  await sandbox.advance(16 * hour)
  expect(await sizes()).toEqual([0, 0, 0])
  expect(await shown()).toContainEqual(['day', '2031-01-17T05:00:00.000Z'])
})

test('one without a recurrence runs once, and is gone then', async () => {
  const { put, shown, sizes, sandbox, midnight } = await groupAtMidnight()
  await put('once', { StartTime: new Date(midnight + hour), DesiredCapacity: 3 })
  await put('hourly', {
    StartTime: new Date(midnight + 2.5 * hour),
    EndTime: new Date(midnight + 3.5 * hour),
    Recurrence: '0 * * * *',
    DesiredCapacity: 4,
  })
  await sandbox.advance(1.1 * hour)
  expect(await sizes()).toEqual([1, 4, 3])
  expect(await shown()).toEqual([['hourly', '2031-01-15T02:30:00.000Z']])
  await sandbox.advance(1.5 * hour)
  expect(await sizes()).toEqual([1, 4, 4])
  expect(await shown()).toEqual([['hourly', '2031-01-15T03:00:00.000Z']])
  await sandbox.advance(hour)
  expect(await shown()).toEqual([])
})

test('what comes while scheduled actions are suspended is left out', async () => {
  const { put, shown, sizes, sandbox, autoscaling } = await groupAtMidnight()
  await put('noon', { Recurrence: '0 12 * * *', DesiredCapacity: 3 })
  const process = { AutoScalingGroupName, ScalingProcesses: ['ScheduledActions'] }
  await autoscaling.send(new SuspendProcessesCommand(process))
  await sandbox.advance(13 * hour)
  await autoscaling.send(new ResumeProcessesCommand(process))
  await sandbox.advance(hour)
  expect(await sizes()).toEqual([1, 4, 2])
  expect(await shown()).toEqual([['noon', '2031-01-16T12:00:00.000Z']])
  await sandbox.advance(23 * hour)
  expect(await sizes()).toEqual([1, 4, 3])
})

test('recurrences and zones that are none are refused', async () => {
  const { put } = await groupAtMidnight()
  const refusal = { Code: 'ValidationError' }
  const given = { DesiredCapacity: 1, Recurrence: '0 12 * * *' }
  await expect(put('bad', { ...given, Recurrence: '0 12 * * 9' })).rejects.toMatchObject(refusal)
  await expect(put('bad', { ...given, Recurrence: '0 0 12 * * *' })).rejects.toMatchObject(refusal)
  await expect(put('bad', { ...given, TimeZone: 'Mars/Olympus' })).rejects.toMatchObject(refusal)
})
