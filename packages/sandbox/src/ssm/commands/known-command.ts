import { AwsError } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { constraintError } from '../ssm-errors.ts'
import type { Command } from './command.ts'

/** Throws AwsError when there is no such command. */
export function commandWith(scope: Scope, id: string | undefined): Command {
  if (id === undefined) throw constraintError(null, 'commandId', 'Member must not be null')
  if (id.length !== 36) throw constraintError(id, 'commandId', 'Member must have length equal to 36')
  const { commands } = scope.state.ssm
  const command = Object.hasOwn(commands, id) ? commands[id] : undefined
  if (command) return command
  throw new AwsError('InvalidCommandId', '')
}

/** All of them, or the one that is asked for; the newest first. */
export function commandsWith(scope: Scope, id: string | undefined): Command[] {
  return id === undefined ? Object.values(scope.state.ssm.commands).toReversed() : [commandWith(scope, id)]
}
