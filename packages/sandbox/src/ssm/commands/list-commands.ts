import type { ListCommandsRequest, ListCommandsResult } from '@aws-sdk/client-ssm'

import type { Scope } from '../../operation.ts'
import { ssmPage } from '../ssm-pages.ts'
import { commandAnswer } from './command-answer.ts'
import { fits } from './command-filters.ts'
import { commandsWith } from './known-command.ts'
import { commandStatus } from './statuses.ts'

export function listCommands(input: ListCommandsRequest, scope: Scope): ListCommandsResult {
  const { CommandId, InstanceId: id, Filters } = input
  const found = commandsWith(scope, CommandId).filter(
    (command) =>
      (id === undefined || command.invocations.some(({ instanceId }) => instanceId === id)) &&
      fits(Filters, command, commandStatus(command, scope.now)),
  )
  const { items, NextToken } = ssmPage(found, input, [1, 50])
  return { Commands: items.map((command) => commandAnswer(command, scope)), NextToken }
}
