import { randomUUID } from 'node:crypto'

import type {
  ScheduledUpdateGroupAction,
  ScheduledUpdateGroupActionRequest,
} from '@aws-sdk/client-auto-scaling'

import type { Scope } from '../../operation.ts'
import type { Group } from '../groups/group.ts'
import { onlyGiven } from '../only-given.ts'
import { required, validationError } from '../validation-error.ts'
import { nextRecurrence } from './recurrence.ts'
import type { ScheduledAction } from './scheduled-action.ts'

/** The action as it is given; one of this name is replaced, and keeps its ARN. Throws AwsError for what AWS refuses. */
export function givenAction(
  group: Group,
  given: ScheduledUpdateGroupActionRequest,
  scope: Scope,
): ScheduledAction {
  const name = required(given.ScheduledActionName, 'scheduledActionName')
  checkSizes(given)
  checkTimes(given, scope)
  return {
    name,
    arn:
      group.scheduledActions[name]?.arn ??
      `arn:aws:autoscaling:${scope.region}:${scope.accountId}:scheduledUpdateGroupAction:${randomUUID()}:autoScalingGroupName/${group.name}:scheduledActionName/${name}`,
    ...onlyGiven({
      startsAt: given.StartTime?.getTime(),
      nextAt: firstTime(given, scope),
      endsAt: given.EndTime?.getTime(),
      recurrence: given.Recurrence,
      timeZone: given.TimeZone,
      minSize: given.MinSize,
      maxSize: given.MaxSize,
      desiredCapacity: given.DesiredCapacity,
    }),
  }
}

function checkSizes({
  MinSize: least,
  MaxSize: most,
  DesiredCapacity,
}: ScheduledUpdateGroupActionRequest): void {
  if (least === undefined && most === undefined && DesiredCapacity === undefined) {
    throw validationError('At least one of MinSize, MaxSize or DesiredCapacity is required.')
  }
  if (least !== undefined && most !== undefined && least > most) {
    throw validationError('Given MinSize must be less than or equal to MaxSize.')
  }
}

function checkTimes(given: ScheduledUpdateGroupActionRequest, { now }: Scope): void {
  const { Recurrence: recurrence, StartTime: start, EndTime: end } = given
  if (recurrence === undefined && start === undefined) {
    throw validationError('A scheduled action needs a StartTime or a Recurrence.')
  }
  if (start && start.getTime() < now) throw validationError('Given start time is in the past')
  if (start && end && end <= start) throw validationError('Given end time must be after the start time.')
}

/** API Reference, PutScheduledUpdateGroupAction, StartTime: it is performed "at this time", and then by its recurrence. */
function firstTime(
  {
    Recurrence: recurrence,
    TimeZone: timeZone,
    StartTime: start,
    EndTime: end,
  }: ScheduledUpdateGroupActionRequest,
  { now }: Scope,
): number | undefined {
  const recurs = recurrence === undefined ? undefined : nextRecurrence(recurrence, timeZone, now)
  const first = start?.getTime() ?? recurs
  return first !== undefined && first <= (end?.getTime() ?? Infinity) ? first : undefined
}

/** The start time is that of its next run (User Guide, "Scheduled scaling": recurring actions). */
export function shownAction(group: Group, action: ScheduledAction): ScheduledUpdateGroupAction {
  const { endsAt } = action
  const startsAt = action.nextAt ?? action.startsAt
  const start = startsAt === undefined ? undefined : new Date(startsAt)
  return {
    AutoScalingGroupName: group.name,
    ScheduledActionName: action.name,
    ScheduledActionARN: action.arn,
    StartTime: start,
    Time: start,
    EndTime: endsAt === undefined ? undefined : new Date(endsAt),
    Recurrence: action.recurrence,
    TimeZone: action.timeZone,
    MinSize: action.minSize,
    MaxSize: action.maxSize,
    DesiredCapacity: action.desiredCapacity,
  }
}
