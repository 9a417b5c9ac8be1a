import { randomUUID } from 'node:crypto'

import type { SendCommandRequest, SendCommandResult } from '@aws-sdk/client-ssm'

import type { AwsError } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { constraintError, validationError } from '../ssm-errors.ts'
import { commandAnswer } from './command-answer.ts'
import type { Command } from './command.ts'
import { givenDocument } from './given-document.ts'
import { isConcurrency, isErrorCount } from './rates.ts'
import { namedInstances, targetedInstances } from './targets.ts'

/** Systems Manager keeps commands for 30 days (User Guide, "Viewing command output"). In milliseconds. */
const keptFor = 30 * 24 * 3_600_000

/** API Reference, SendCommand. In seconds. */
const deliveryTimeout = { least: 30, most: 2_592_000, usual: 3600 }

/** Sends a command to instances; it runs on them afterwards. Throws AwsError for what AWS refuses. */
export function sendCommand(input: SendCommandRequest, scope: Scope): SendCommandResult {
  const document = givenDocument(input)
  const { InstanceIds: ids = [], Targets: targets = [], OutputS3BucketName: bucket } = input
  if (ids.length > 0 === targets.length > 0) throw badTargets(ids.length > 0)
  const { maxConcurrency, maxErrors, timeoutSeconds } = givenRates(input)
  const chosen = ids.length > 0 ? namedInstances(ids, scope) : targetedInstances(targets, scope)
  const command: Command = {
    commandId: randomUUID(),
    ...document,
    comment: input.Comment ?? '',
    instanceIds: ids.length > 0 ? chosen : [],
    targets: targets.map(({ Key: key = '', Values: values = [] }) => ({ key, values })),
    requestedAt: scope.now,
    timeoutSeconds,
    maxConcurrency,
    maxErrors,
    ...(bucket !== undefined &&
      bucket !== '' && { output: { bucket, prefix: input.OutputS3KeyPrefix ?? '' } }),
    invocations: chosen.map((instanceId) => ({ instanceId })),
  }
  const { commands } = scope.state.ssm
  for (const { commandId, requestedAt } of Object.values(commands)) {
    if (requestedAt < scope.now - keptFor) delete commands[commandId]
  }
  commands[command.commandId] = command
  // Targets are looked for afterwards: the answer does not count them yet.
  const Command = { ...commandAnswer(command, scope), Status: 'Pending' as const, StatusDetails: 'Pending' }
  return { Command: { ...Command, TargetCount: command.instanceIds.length } }
}

function givenRates({ MaxConcurrency, MaxErrors, TimeoutSeconds, Comment }: SendCommandRequest) {
  const maxConcurrency = MaxConcurrency ?? '50'
  const maxErrors = MaxErrors ?? '0'
  const timeoutSeconds = TimeoutSeconds ?? deliveryTimeout.usual
  if (!isConcurrency(maxConcurrency)) {
    const pattern = '^([1-9][0-9]*|[1-9][0-9]%|[1-9]%|100%)$'
    throw constraintError(
      maxConcurrency,
      'maxConcurrency',
      `Member must satisfy regular expression pattern: ${pattern}`,
    )
  }
  if (!isErrorCount(maxErrors)) {
    const pattern = '^([1-9][0-9]*|[0]|[1-9][0-9]%|[0-9]%|100%)$'
    throw constraintError(
      maxErrors,
      'maxErrors',
      `Member must satisfy regular expression pattern: ${pattern}`,
    )
  }
  if (timeoutSeconds < deliveryTimeout.least || timeoutSeconds > deliveryTimeout.most) {
    const [bound, limit] =
      timeoutSeconds < deliveryTimeout.least
        ? ['greater', deliveryTimeout.least]
        : ['less', deliveryTimeout.most]
    throw constraintError(
      timeoutSeconds,
      'timeoutSeconds',
      `Member must have value ${bound} than or equal to ${String(limit)}`,
    )
  }
  if (Comment !== undefined && Comment.length > 100) {
    throw constraintError(Comment, 'comment', 'Member must have length less than or equal to 100')
  }
  return { maxConcurrency, maxErrors, timeoutSeconds }
}

function badTargets(areBoth: boolean): AwsError {
  return areBoth
    ? validationError('InstanceIds and Targets cannot both be specified.')
    : validationError('Either InstanceIds or Targets must be specified.')
}
