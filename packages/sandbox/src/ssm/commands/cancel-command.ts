import type { CancelCommandRequest, CancelCommandResult } from '@aws-sdk/client-ssm'

import type { Scope } from '../../operation.ts'
import { invalidInstanceId } from '../ssm-errors.ts'
import { silentEnd } from './command.ts'
import { commandWith } from './known-command.ts'

/** In milliseconds, until an agent has ended what runs. */
const takes = 1000

/** Ends a command, or those of it on some instances, where it has not ended already. Throws AwsError when there is none. */
export function cancelCommand(
  { CommandId, InstanceIds }: CancelCommandRequest,
  scope: Scope,
): CancelCommandResult {
  const command = commandWith(scope, CommandId)
  const wanted = InstanceIds !== undefined && InstanceIds.length > 0 ? new Set(InstanceIds) : undefined
  const known = new Set(command.invocations.map(({ instanceId }) => instanceId))
  if (wanted && [...wanted].some((id) => !known.has(id))) throw invalidInstanceId()
  for (const invocation of command.invocations) {
    const { instanceId, startedAt, end } = invocation
    if (wanted && !wanted.has(instanceId)) continue
    if (end && end.at <= scope.now) continue
    const at = startedAt === undefined ? scope.now : scope.now + takes
    invocation.end = silentEnd(at, 'Cancelled')
    invocation.cancelledAt = scope.now
  }
  return {}
}
