import type { ListCommandInvocationsRequest, ListCommandInvocationsResult } from '@aws-sdk/client-ssm'

import type { Scope } from '../../operation.ts'
import { ssmPage } from '../ssm-pages.ts'
import { invocationAnswer } from './command-answer.ts'
import { fits } from './command-filters.ts'
import { commandsWith } from './known-command.ts'
import { invocationStatus } from './statuses.ts'

export function listCommandInvocations(
  input: ListCommandInvocationsRequest,
  scope: Scope,
): ListCommandInvocationsResult {
  const { CommandId, InstanceId: id, Filters, Details = false } = input
  const found = commandsWith(scope, CommandId).flatMap((command) =>
    command.invocations
      .filter((each) => id === undefined || each.instanceId === id)
      .filter((each) => fits(Filters, command, invocationStatus(each, scope.now)))
      .map((invocation) => ({ command, invocation })),
  )
  const { items, NextToken } = ssmPage(found, input, [1, 50])
  return {
    CommandInvocations: items.map(({ command, invocation }) =>
      invocationAnswer(command, invocation, Details, scope),
    ),
    NextToken,
  }
}
