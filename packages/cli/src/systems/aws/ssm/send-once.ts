import { ListCommandsCommand, SendCommandCommand, type SSMClient, type Target } from '@aws-sdk/client-ssm'
import type { Clock } from '@package/core/ports/clock'
import type { CommandOrder } from '@package/core/ports/cloud/commands'

import { awsCodeOf } from '../aws-error.ts'
import type { AwsTime } from '../aws-time.ts'
import { allPages } from '../pages.ts'

/** Whether a call that ended so may have been done all the same. */
const isLost =
  /^(InternalServerError|InternalError|InternalFailure|ServiceUnavailable|Unavailable|TimeoutError|ETIMEDOUT|ECONNRESET|EPIPE)$/

const mostTries = 5

/** In milliseconds: until a command that was sent is among those that are listed. */
const settles = 3000

/** In milliseconds: how far AWS's time may be behind what is known of it. */
const clockDrift = 300_000

interface Sending {
  send: SSMClient['send']
  /** The same, without a second attempt for what got lost. */
  trySend: SSMClient['send']
  clock: Clock
  time: AwsTime
}

/**
 * SendCommand knows no token: where its answer is lost, the command is looked for by its comment before it is sent again. Gives the
 * id of the command.
 */
export async function sendOnce(
  { send, trySend, clock, time }: Sending,
  order: CommandOrder,
): Promise<string> {
  const began = time.now()
  for (let tries = 1; ; tries += 1) {
    try {
      const { Command } = await trySend(new SendCommandCommand(requestOf(order)))
      return Command?.CommandId ?? ''
    } catch (error) {
      if (tries === mostTries || !isLost.test(awsCodeOf(error) ?? '')) throw error
    }
    await clock.sleep(settles)
    const sent = await commandCommented(send, order.comment, began - clockDrift)
    if (sent !== undefined) return sent
  }
}

function requestOf(order: CommandOrder): ConstructorParameters<typeof SendCommandCommand>[0] {
  return {
    DocumentName: 'AWS-RunShellScript',
    Comment: order.comment,
    Targets: targetsOf(order.to),
    Parameters: { commands: [order.script], executionTimeout: [String(order.executionTimeout)] },
    MaxConcurrency: String(order.atOnce),
    MaxErrors: order.mostErrors === Infinity ? '100%' : String(order.mostErrors),
    TimeoutSeconds: order.deliveryTimeout,
  }
}

/** Targets by id rather than InstanceIds, one of which that has just gone would have the others refused. */
function targetsOf(to: CommandOrder['to']): Target[] {
  if ('ids' in to) return [{ Key: 'InstanceIds', Values: [...to.ids] }]
  return Object.entries(to.tags).map(([key, value]) => ({ Key: `tag:${key}`, Values: [value] }))
}

async function commandCommented(
  send: SSMClient['send'],
  comment: string,
  after: number,
): Promise<string | undefined> {
  const value = new Date(after).toISOString().replace(/\.\d+Z$/, 'Z')
  const found = await allPages(async (NextToken) => {
    const answer = await send(
      new ListCommandsCommand({ Filters: [{ key: 'InvokedAfter', value }], MaxResults: 50, NextToken }),
    )
    return { items: answer.Commands, next: answer.NextToken }
  })
  return found.find(({ Comment }) => Comment === comment)?.CommandId
}
