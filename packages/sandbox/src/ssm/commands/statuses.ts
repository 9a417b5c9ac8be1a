import type { CommandInvocationStatus, CommandStatus } from '@aws-sdk/client-ssm'

import type { Command, EndDetails, Invocation } from './command.ts'
import { mostErrors } from './rates.ts'

export interface ShownStatus<Status> {
  Status: Status
  StatusDetails: string
}

/** An invocation's status of each end: fewer than its details. */
const endStatuses: Readonly<Record<EndDetails, CommandInvocationStatus>> = {
  Success: 'Success',
  Failed: 'Failed',
  Cancelled: 'Cancelled',
  ExecutionTimedOut: 'TimedOut',
  DeliveryTimedOut: 'TimedOut',
  Terminated: 'Cancelled',
}

/** In milliseconds: how long the service looks for the instances of a tag. */
const looksFor = 1000

/** How an invocation ended, once it has. */
export function endOf({ end }: Invocation, now: number): Invocation['end'] {
  return end !== undefined && end.at <= now ? end : undefined
}

/** Systems Manager User Guide, "Understanding command statuses". */
export function invocationStatus(invocation: Invocation, now: number): ShownStatus<CommandInvocationStatus> {
  const end = endOf(invocation, now)
  if (end) return { Status: endStatuses[end.details], StatusDetails: end.details }
  const { sentAt, startedAt, cancelledAt } = invocation
  if (cancelledAt !== undefined) return same('Cancelling')
  if (startedAt !== undefined && startedAt <= now) return same('InProgress')
  return same(sentAt !== undefined && sentAt < now ? 'Delayed' : 'Pending')
}

/** What all invocations come to. */
export function commandStatus(command: Command, now: number): ShownStatus<CommandStatus> {
  const { invocations, requestedAt } = command
  if (invocations.length === 0) {
    if (now < requestedAt + looksFor) return same('Pending')
    return { Status: 'Success', StatusDetails: 'NoInstancesInTag' }
  }
  const shown = invocations.map((each) => invocationStatus(each, now))
  const count = (details: string) => shown.filter(({ StatusDetails }) => StatusDetails === details).length
  const ended = invocations.filter((each) => endOf(each, now)).length
  if (ended < invocations.length) {
    if (count('Cancelling') > 0) return same('Cancelling')
    return same(count('Pending') === invocations.length ? 'Pending' : 'InProgress')
  }
  const allowed = mostErrors(command)
  if (count('Success') === ended) return same('Success')
  if (count('Cancelled') > 0) return same('Cancelled')
  if (count('Failed') > allowed) return same('Failed')
  if (count('Failed') + count('ExecutionTimedOut') > allowed) return timedOut('ExecutionTimedOut')
  if (count('DeliveryTimedOut') > allowed) return timedOut('DeliveryTimedOut')
  return { Status: 'Failed', StatusDetails: 'Incomplete' }
}

function same<Status extends string>(status: Status): ShownStatus<Status> {
  return { Status: status, StatusDetails: status }
}

function timedOut(StatusDetails: string): ShownStatus<'TimedOut'> {
  return { Status: 'TimedOut', StatusDetails }
}
