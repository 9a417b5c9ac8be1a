import type {
  Command as ShownCommand,
  CommandInvocation,
  CommandPlugin,
  CommandPluginStatus,
} from '@aws-sdk/client-ssm'

import { privateDnsName } from '../../ec2/instances/dns-names.ts'
import type { Scope } from '../../operation.ts'
import { expiresAt, type Command, type Invocation } from './command.ts'
import { shortOutput } from './short-output.ts'
import { commandStatus, endOf, invocationStatus, type ShownStatus } from './statuses.ts'

/** The document's one step. */
export const stepName = 'aws:runShellScript'

/** Where its output lies, below the command and the instance. */
export const stepFolder = 'awsrunShellScript/0.awsrunShellScript'

export function commandAnswer(command: Command, { now, region }: Scope): ShownCommand {
  const ends = command.invocations.flatMap((each) => endOf(each, now)?.details ?? [])
  const count = (...wanted: string[]) => ends.filter((details) => wanted.includes(details)).length
  return {
    CommandId: command.commandId,
    DocumentName: command.documentName,
    DocumentVersion: command.documentVersion,
    Comment: command.comment,
    ExpiresAfter: new Date(expiresAt(command)),
    Parameters: command.parameters,
    InstanceIds: command.instanceIds,
    Targets: command.targets.map(({ key: Key, values: Values }) => ({ Key, Values })),
    RequestedDateTime: new Date(command.requestedAt),
    ...commandStatus(command, now),
    OutputS3Region: region,
    OutputS3BucketName: command.output?.bucket ?? '',
    OutputS3KeyPrefix: command.output?.prefix ?? '',
    MaxConcurrency: command.maxConcurrency,
    MaxErrors: command.maxErrors,
    TargetCount: command.invocations.length,
    CompletedCount: ends.length,
    ErrorCount: count('Failed', 'ExecutionTimedOut'),
    DeliveryTimedOutCount: count('DeliveryTimedOut'),
    ServiceRole: '',
    TimeoutSeconds: command.timeoutSeconds,
  }
}

/** One invocation; with what its step printed where that is asked for. */
export function invocationAnswer(
  command: Command,
  invocation: Invocation,
  hasDetails: boolean,
  scope: Scope,
): CommandInvocation {
  const instance = scope.state.ec2.instances[invocation.instanceId]
  const status = invocationStatus(invocation, scope.now)
  return {
    CommandId: command.commandId,
    InstanceId: invocation.instanceId,
    InstanceName: instance ? privateDnsName(instance) : '',
    Comment: command.comment,
    DocumentName: command.documentName,
    DocumentVersion: command.documentVersion,
    RequestedDateTime: new Date(command.requestedAt),
    ...status,
    StandardOutputUrl: '',
    StandardErrorUrl: '',
    CommandPlugins: hasDetails ? [pluginAnswer(command, invocation, scope)] : [],
    ServiceRole: '',
    CloudWatchOutputConfig: { CloudWatchLogGroupName: '', CloudWatchOutputEnabled: false },
  }
}

function pluginAnswer(command: Command, invocation: Invocation, { now, region }: Scope): CommandPlugin {
  const end = endOf(invocation, now)
  const { startedAt } = invocation
  return {
    Name: stepName,
    ...pluginStatus(invocation, now),
    ResponseCode: end?.exitCode ?? -1,
    ...(startedAt !== undefined && startedAt <= now && { ResponseStartDateTime: new Date(startedAt) }),
    ...(end && { ResponseFinishDateTime: new Date(end.at) }),
    Output: end ? shortOutput(end) : '',
    StandardOutputUrl: '',
    StandardErrorUrl: '',
    OutputS3Region: region,
    OutputS3BucketName: command.output?.bucket ?? '',
    OutputS3KeyPrefix: command.output?.prefix ?? '',
  }
}

/** A step knows fewer statuses: it waits, it runs, or it has ended. */
function pluginStatus(invocation: Invocation, now: number): ShownStatus<CommandPluginStatus> {
  const { Status, StatusDetails } = invocationStatus(invocation, now)
  if (Status === 'Delayed') return { Status: 'Pending', StatusDetails: 'Pending' }
  return Status === 'Cancelling'
    ? { Status: 'InProgress', StatusDetails: 'InProgress' }
    : { Status, StatusDetails }
}
