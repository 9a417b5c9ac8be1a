import {
  BatchDeleteScheduledAction$,
  BatchPutScheduledUpdateGroupAction$,
  DeleteScheduledAction$,
  DescribeScheduledActions$,
  PutScheduledUpdateGroupAction$,
  type BatchDeleteScheduledActionAnswer,
  type BatchDeleteScheduledActionType,
  type BatchPutScheduledUpdateGroupActionAnswer,
  type BatchPutScheduledUpdateGroupActionType,
  type DeleteScheduledActionType,
  type DescribeScheduledActionsType,
  type FailedScheduledUpdateGroupActionRequest,
  type PutScheduledUpdateGroupActionType,
  type ScheduledActionsType,
} from '@aws-sdk/client-auto-scaling'

import { AwsError } from '../../aws-error.ts'
import { operation, type Scope } from '../../operation.ts'
import type { Group } from '../groups/group.ts'
import { changeableGroup, groupNamed } from '../groups/known-groups.ts'
import { recordPage } from '../record-pages.ts'
import { required, validationError } from '../validation-error.ts'
import { givenAction, shownAction } from './given-action.ts'

export const scheduledActionOperations = [
  operation(PutScheduledUpdateGroupAction$, putScheduledUpdateGroupAction),
  operation(BatchPutScheduledUpdateGroupAction$, batchPutScheduledUpdateGroupAction),
  operation(DescribeScheduledActions$, describeScheduledActions),
  operation(DeleteScheduledAction$, deleteScheduledAction),
  operation(BatchDeleteScheduledAction$, batchDeleteScheduledAction),
]

/** API Reference, BatchPutScheduledUpdateGroupAction and BatchDeleteScheduledAction. */
const mostAtOnce = 50

function putScheduledUpdateGroupAction(input: PutScheduledUpdateGroupActionType, scope: Scope): undefined {
  const group = changeableGroup(scope, input.AutoScalingGroupName)
  const action = givenAction(group, { StartTime: input.Time, ...input }, scope)
  group.scheduledActions[action.name] = action
}

/** What is refused is named in the answer; the others are put nevertheless. */
function batchPutScheduledUpdateGroupAction(
  input: BatchPutScheduledUpdateGroupActionType,
  scope: Scope,
): BatchPutScheduledUpdateGroupActionAnswer {
  const group = changeableGroup(scope, input.AutoScalingGroupName)
  const actions = required(input.ScheduledUpdateGroupActions, 'scheduledUpdateGroupActions')
  checkCount(actions.length)
  return {
    FailedScheduledUpdateGroupActions: actions.flatMap((given) =>
      refusalOf(given.ScheduledActionName, () => {
        const action = givenAction(group, given, scope)
        group.scheduledActions[action.name] = action
      }),
    ),
  }
}

function describeScheduledActions(input: DescribeScheduledActionsType, scope: Scope): ScheduledActionsType {
  const { AutoScalingGroupName: name, ScheduledActionNames: names = [], StartTime, EndTime } = input
  const groups =
    name === undefined ? Object.values(scope.state.autoscaling.groups) : [groupNamed(scope, name)]
  const found = groups.flatMap((group) =>
    Object.values(group.scheduledActions)
      .filter((each) => names.length === 0 || names.includes(each.name) || names.includes(each.arn))
      .filter(({ endsAt = Infinity }) => endsAt >= scope.now)
      .filter(({ nextAt = scope.now }) => nextAt >= (StartTime?.getTime() ?? -Infinity))
      .filter(({ nextAt = scope.now }) => nextAt <= (EndTime?.getTime() ?? Infinity))
      .map((action) => shownAction(group, action)),
  )
  const { items, NextToken } = recordPage(found, input)
  return { ScheduledUpdateGroupActions: items, NextToken }
}

function deleteScheduledAction(input: DeleteScheduledActionType, scope: Scope): undefined {
  remove(changeableGroup(scope, input.AutoScalingGroupName), input.ScheduledActionName)
}

function batchDeleteScheduledAction(
  input: BatchDeleteScheduledActionType,
  scope: Scope,
): BatchDeleteScheduledActionAnswer {
  const group = changeableGroup(scope, input.AutoScalingGroupName)
  const names = required(input.ScheduledActionNames, 'scheduledActionNames')
  checkCount(names.length)
  return { FailedScheduledActions: names.flatMap((name) => refusalOf(name, () => remove(group, name))) }
}

function remove(group: Group, name: string | undefined): void {
  const wanted = required(name, 'scheduledActionName')
  const action = Object.values(group.scheduledActions).find(
    (each) => each.name === wanted || each.arn === wanted,
  )
  if (!action) throw validationError(`Scheduled action name not found`)
  delete group.scheduledActions[action.name]
}

function checkCount(count: number): void {
  if (count <= mostAtOnce) return
  throw validationError(`A request has at most ${String(mostAtOnce)} scheduled actions.`)
}

function refusalOf(
  ScheduledActionName: string | undefined,
  work: () => void,
): FailedScheduledUpdateGroupActionRequest[] {
  try {
    work()
    return []
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    return [{ ScheduledActionName, ErrorCode: error.code, ErrorMessage: error.message }]
  }
}
