import {
  CancelCommandCommand,
  DescribeInstanceInformationCommand,
  GetCommandInvocationCommand,
  ListCommandInvocationsCommand,
  ListCommandsCommand,
  SSMClient,
  type CommandInvocation,
} from '@aws-sdk/client-ssm'
import type { AgentState, Commands, Invocation, InvocationStatus } from '@package/core/ports/cloud/commands'

import { awsCodeOf } from '../aws-error.ts'
import { batches } from '../batches.ts'
import { clientSettings } from '../client-settings.ts'
import type { Connection } from '../connection.ts'
import { allPages } from '../pages.ts'
import { PatientRetries } from '../patient-retries.ts'
import { watchedSender } from '../sender.ts'
import { sendOnce } from './send-once.ts'

/** API References of DescribeInstanceInformation, CancelCommand and ListCommandInvocations. */
const mostAtOnce = 50

const openStatuses: ReadonlySet<string> = new Set(['Pending', 'InProgress', 'Delayed', 'Cancelling'])

/** Loaded by the deploys that Systems Manager carries out. */
export function commands(connection: Connection, region: string): Commands {
  const settings = clientSettings(connection, region)
  const { clock, time } = connection
  const send = watchedSender(new SSMClient(settings), 'ssm', connection, region)
  const once = new SSMClient({ ...settings, retryStrategy: new PatientRetries(clock, 0) })
  const trySend = watchedSender(once, 'ssm', connection, region)
  return {
    async agents(instanceIds) {
      const found: [string, AgentState][] = []
      for (const ids of batches(instanceIds, mostAtOnce)) found.push(...(await agentsOf(send, ids)))
      return new Map(found)
    },
    sendCommand: (order) => sendOnce({ send, trySend, clock, time }, order),
    invocations: (id) => invocationsOf(send, id),
    async isCommandOver(id) {
      const { Commands: found = [] } = await send(new ListCommandsCommand({ CommandId: id }))
      return found.some(({ Status = 'Pending' }) => !openStatuses.has(Status))
    },
    async invocationOutput(id, instanceId) {
      const command = new GetCommandInvocationCommand({ CommandId: id, InstanceId: instanceId })
      const { ResponseCode = -1, ...said } = await send(command)
      const { StandardOutputContent: output = '', StandardErrorContent: errors = '' } = said
      return { exitCode: ResponseCode, output, errors }
    },
    async cancelCommand(id, instanceIds) {
      for (const ids of batches(instanceIds, mostAtOnce)) await cancel(send, id, ids)
    },
  }
}

/** API Reference, CancelCommand: one whose agent does not answer has all of them refused (`InvalidInstanceId`). */
async function cancel(send: SSMClient['send'], id: string, InstanceIds: string[]): Promise<void> {
  try {
    await send(new CancelCommandCommand({ CommandId: id, InstanceIds }))
  } catch (error) {
    if (awsCodeOf(error) !== 'InvalidInstanceId') throw error
    if (InstanceIds.length > 1) for (const each of InstanceIds) await cancel(send, id, [each])
  }
}

async function agentsOf(send: SSMClient['send'], ids: string[]): Promise<[string, AgentState][]> {
  const found = await allPages(async (NextToken) => {
    const answer = await send(
      new DescribeInstanceInformationCommand({
        Filters: [{ Key: 'InstanceIds', Values: ids }],
        MaxResults: mostAtOnce,
        NextToken,
      }),
    )
    return { items: answer.InstanceInformationList, next: answer.NextToken }
  })
  return found.map(({ InstanceId = '', PingStatus }) => [
    InstanceId,
    PingStatus === 'Online' ? 'online' : 'silent',
  ])
}

/** With the beginning of what was said: it tells what no status does. */
async function invocationsOf(send: SSMClient['send'], id: string): Promise<Invocation[]> {
  const found = await allPages(async (NextToken) => {
    const answer = await send(
      new ListCommandInvocationsCommand({
        CommandId: id,
        Details: true,
        MaxResults: mostAtOnce,
        NextToken,
      }),
    )
    return { items: answer.CommandInvocations, next: answer.NextToken }
  })
  return found.map(toInvocation)
}

function toInvocation({
  InstanceId = '',
  Status,
  StatusDetails,
  CommandPlugins,
}: CommandInvocation): Invocation {
  const said = (CommandPlugins ?? []).map(({ Output = '' }) => Output)
  const details = (StatusDetails ?? Status ?? 'Pending').replaceAll(/ /g, '')
  // AWS writes them with and without spaces, depending on the place ("Delivery Timed Out").
  return { instanceId: InstanceId, status: details as InvocationStatus, beginning: said.join('\n') }
}
