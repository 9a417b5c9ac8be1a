import { EC2Client } from '@aws-sdk/client-ec2'
import { HttpResponse } from '@smithy/core/protocols'

import { awsError } from './aws-error.ts'
import { clientSettings } from './client-settings.ts'
import type { Connection } from './connection.ts'

/** Sends the commands of EC2, and turns what goes wrong into our errors. */
export type Send = EC2Client['send']

interface Client extends Watchable {
  // Each client has its own commands, which no common type can spell.
  send: (command: never) => Promise<unknown>
}

/** The client of EC2 in one region. */
export function ec2Sender(connection: Connection, region: string): Send {
  return watchedSender(new EC2Client(clientSettings(connection, region)), 'ec2', connection, region)
}

/** Sends the commands of a client as it does, and turns what goes wrong into our errors. */
export function watchedSender<C extends Client>(
  client: C,
  service: string,
  connection: Connection,
  region: string,
): C['send'] {
  watchCalls(client, service, region, connection)
  const send = async (command: never) => {
    try {
      return await client.send(command)
    } catch (error) {
      throw awsError(error, service, region, operationOf(command))
    }
  }
  // The client's own type gives each command its own answer, which no implementation can spell.
  return send
}

/** Of the SDK's commands; their classes lose their names where the code is made small. */
function operationOf(command: { schema?: readonly unknown[] }): string {
  return String(command.schema?.[2])
}

interface Watchable {
  middlewareStack: unknown
}

/** Tells of each attempt, so that repeated ones are seen too, and learns AWS's time from those that succeed. */
function watchCalls(
  client: Watchable,
  service: string,
  region: string,
  { onCall, time }: Pick<Connection, 'onCall' | 'time'>,
): void {
  // The stacks of all clients are alike, but for the types of what passes.
  const stack = client.middlewareStack as EC2Client['middlewareStack']
  stack.add(
    (next, context) => async (args) => {
      const started = performance.now()
      const operation = String(context.commandName).replace(/Command$/, '')
      const told = (status: number, requestId: string) =>
        onCall?.({
          service,
          region,
          operation,
          status,
          requestId,
          milliseconds: Math.round(performance.now() - started),
        })
      try {
        const result = await next(args)
        if (HttpResponse.isInstance(result.response)) time.hear(result.response.headers['date'])
        const { httpStatusCode = 0, requestId = '' } = result.output?.$metadata ?? {}
        told(httpStatusCode, requestId)
        return result
      } catch (error) {
        const { $metadata } = error as { $metadata?: { httpStatusCode?: number; requestId?: string } }
        told($metadata?.httpStatusCode ?? 0, $metadata?.requestId ?? '')
        throw error
      }
    },
    { step: 'deserialize', name: 'packageWatchCalls', priority: 'high' },
  )
}
