import type { GetCommandInvocationRequest, GetCommandInvocationResult } from '@aws-sdk/client-ssm'

import { AwsError } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { stepName } from './command-answer.ts'
import type { Invocation } from './command.ts'
import { endOf, invocationStatus } from './statuses.ts'

/** One invocation with what it printed. Throws AwsError when there is none. */
export function getCommandInvocation(
  { CommandId, InstanceId, PluginName }: GetCommandInvocationRequest,
  { state, now }: Scope,
): GetCommandInvocationResult {
  const { commands } = state.ssm
  const command = Object.hasOwn(commands, CommandId ?? '') ? commands[CommandId ?? ''] : undefined
  const invocation = command?.invocations.find(({ instanceId }) => instanceId === InstanceId)
  if (!command || !invocation) throw new AwsError('InvocationDoesNotExist', '')
  if (PluginName !== undefined && PluginName !== stepName) throw new AwsError('InvalidPluginName', '')
  const end = endOf(invocation, now)
  return {
    CommandId: command.commandId,
    InstanceId: invocation.instanceId,
    Comment: command.comment,
    DocumentName: command.documentName,
    DocumentVersion: command.documentVersion,
    PluginName: stepName,
    ResponseCode: end?.exitCode ?? -1,
    ...timesOf(invocation, now),
    ...invocationStatus(invocation, now),
    StandardOutputContent: end?.stdout ?? '',
    StandardOutputUrl: '',
    StandardErrorContent: end?.stderr ?? '',
    StandardErrorUrl: '',
    CloudWatchOutputConfig: { CloudWatchLogGroupName: '', CloudWatchOutputEnabled: false },
  }
}

/** In ISO 8601; empty as long as there are none. */
function timesOf(invocation: Invocation, now: number) {
  const { startedAt } = invocation
  const end = endOf(invocation, now)
  if (startedAt === undefined || startedAt > now) {
    return { ExecutionStartDateTime: '', ExecutionElapsedTime: '', ExecutionEndDateTime: '' }
  }
  return {
    ExecutionStartDateTime: new Date(startedAt).toISOString(),
    ExecutionElapsedTime: end ? `PT${String((end.at - startedAt) / 1000)}S` : '',
    ExecutionEndDateTime: end ? new Date(end.at).toISOString() : '',
  }
}
